package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import dev.jawait.http.Headers
import io.netty.handler.codec.DateFormatter
import java.net.URI
import java.time.Instant

/** Reads `Set-Cookie` (RFC 6265, sections 5.2 and 5.3). */
internal object SetCookie {
    private const val MAX_SIZE = 4096
    private const val MAX_AGE_SECONDS = 100L * 365 * 24 * 60 * 60

    /** The cookies that [headers] of a response from [from] set. */
    fun all(headers: Headers, from: URI): List<Cookie> = headers.all("set-cookie").mapNotNull { parse(it, from) }

    /**
     * The cookie that [header] of a response from [from] sets, or null if it is none, or not for [from] to set: one for
     * a foreign domain, or for all of a [public suffix][PublicSuffixes] such as `co.uk`. One that has expired is to be
     * deleted.
     *
     * A `Domain` with a trailing dot is as good as none, as in aiohttp.
     */
    fun parse(header: String, from: URI, now: Instant = Instant.now()): Cookie? {
        val parts = header.split(';')
        val name = parts[0].substringBefore('=', "").trim(' ', '\t')
        val value = parts[0].substringAfter('=').trim(' ', '\t')
        if (name.isEmpty() || name.length + value.length > MAX_SIZE) return null
        if (header.any { (it < ' ' && it != '\t') || it == '\u007f' }) return null
        val attributes = Attributes(now)
        for (part in parts.drop(1)) {
            attributes.add(part.substringBefore('=').trim(' ', '\t'), part.substringAfter('=', "").trim(' ', '\t'))
        }

        val host = Urls.origin(from).host()
        val asked = attributes.domain.orEmpty()
        val isShared = asked.isNotEmpty() && CookieRules.isWithin(host, asked) && isOfOneOwner(asked, host)
        val hostOnly = asked.isEmpty() || (asked == host && !isShared)
        if (!hostOnly && !isShared) return null
        return Cookie(
            name,
            value,
            if (hostOnly) host else asked,
            hostOnly,
            attributes.path ?: CookieRules.defaultPath(from),
            attributes.maxAge ?: attributes.expires,
            attributes.secure,
            attributes.httpOnly,
        )
    }

    private fun isOfOneOwner(domain: String, host: String) =
        !CookieRules.isAddress(host) && domain.length > PublicSuffixes.MOZILLA.of(host).length

    /** The attributes; of those given twice, the last counts. */
    private class Attributes(private val now: Instant) {
        var domain: String? = null
        var path: String? = null
        var expires: Instant? = null
        var maxAge: Instant? = null
        var secure = false
        var httpOnly = false

        fun add(name: String, value: String) {
            when (name.lowercase()) {
                "domain" -> domain = value.removePrefix(".").lowercase().takeUnless { it.endsWith('.') }
                "path" -> path = value.takeIf { it.startsWith('/') }
                "expires" -> DateFormatter.parseHttpDate(value)?.let { expires = it.toInstant() }
                "max-age" -> end(value)?.let { maxAge = it }
                "secure" -> secure = true
                "httponly" -> httpOnly = true
            }
        }

        private fun end(maxAge: String): Instant? {
            val digits = maxAge.removePrefix("-")
            if (digits.isEmpty() || digits.any { it !in '0'..'9' }) return null
            val seconds = if (maxAge.startsWith('-')) 0 else digits.toLongOrNull() ?: MAX_AGE_SECONDS
            return if (seconds == 0L) Instant.EPOCH else now.plusSeconds(minOf(seconds, MAX_AGE_SECONDS))
        }
    }
}

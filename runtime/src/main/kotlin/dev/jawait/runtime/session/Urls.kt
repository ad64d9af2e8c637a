package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.ClientException
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.NonHttpUrlException
import dev.jawait.runtime.transport.Origin
import io.netty.util.NetUtil
import java.net.IDN
import java.net.Inet6Address
import java.net.URI
import java.net.URISyntaxException
import java.util.concurrent.ConcurrentHashMap

/**
 * URLs as people write them, to URLs as the wire has them (RFC 3986; lenient where browsers are).
 *
 * What may not stand in a URL is percent-encoded, and the escapes in it stay. Ask [origin] for the host, not
 * [URI.getHost], which is null for names such as `my_host`.
 */
internal object Urls {
    private const val MAX_HOST = 253

    /**
     * The URL to send to: scheme and host in lower case, the host in ASCII, no default port, no `.` and `..`; user
     * info and fragment are kept.
     *
     * @throws NonHttpUrlException if the scheme is missing, or is neither http nor https
     * @throws InvalidUrlException if it is wrong otherwise; the message has no user info in it
     */
    fun parse(url: String): URI = KnownUrls.get(url) ?: parseAnew(url).also { KnownUrls.put(url, it) }

    private fun parseAnew(url: String): URI {
        val text = url.trim(' ')
        checkControls(text)
        val scheme = schemeOf(text)
        if (scheme != "http" && scheme != "https") {
            val said =
                scheme?.let { "the scheme $it" } ?: "no scheme, and the session has no baseUrl that it could be of"
            throw NonHttpUrlException("Neither http nor https but $said: ${shown(text)}", null)
        }
        val start = scheme.length + "://".length
        if (!text.startsWith("://", scheme.length)) throw invalid("no // after the scheme", text)
        val authorityEnd = text.indexOfFrom(start) { it == '/' || it == '?' || it == '#' }
        val authority = Authority.of(text.substring(start, authorityEnd), text)
        val pathEnd = text.indexOfFrom(authorityEnd) { it == '?' || it == '#' }
        val queryEnd = text.indexOfFrom(pathEnd) { it == '#' }

        val clean = StringBuilder(text.length + 8).append(scheme).append("://")
        authority.userInfo?.let { clean.append(UrlEncoding.USER_INFO.encode(it)).append('@') }
        clean.append(authority.origin(scheme).authority())
        clean.append(withoutDots(UrlEncoding.PATH.encode(text.substring(authorityEnd, pathEnd))))
        clean.append(UrlEncoding.QUERY.encode(text.substring(pathEnd, queryEnd)))
        if (queryEnd < text.length) clean.append('#').append(UrlEncoding.QUERY.encode(text.substring(queryEnd + 1)))
        return uri(clean.toString())
    }

    /**
     * As [parse], for a URL that is a setting.
     *
     * @throws IllegalArgumentException if it is wrong: [complaint]
     */
    fun setting(url: String, complaint: String): URI = try {
        parse(url)
    } catch (error: ClientException) {
        throw IllegalArgumentException("$complaint: ${error.message}", error)
    }

    /**
     * Where a `Location` leads from [base] (RFC 3986, section 5.2). The user info of [base] is not handed on.
     *
     * @throws NonHttpUrlException if it leads to neither http nor https
     * @throws InvalidUrlException if it is wrong otherwise
     */
    fun resolve(base: URI, location: String): URI {
        val text = location.trim(' ')
        if (schemeOf(text) != null) return parse(text)
        if (text.startsWith("//")) return parse("${base.scheme}:$text")
        val root = origin(base).toString()
        val path = pathOf(base)
        val query = base.rawQuery?.let { "?$it" }.orEmpty()
        return when (text.firstOrNull()) {
            null -> parse(root + path + query)
            '#' -> parse(root + path + query + text)
            '?' -> parse(root + path + text)
            '/' -> parse(root + text)
            else -> parse(root + path.substring(0, path.lastIndexOf('/') + 1) + text)
        }
    }

    /** Path and query, as they stand in the request line. */
    fun target(uri: URI): String = if (uri.rawQuery == null) pathOf(uri) else pathOf(uri) + "?" + uri.rawQuery

    /**
     * Where to connect to.
     *
     * @throws InvalidUrlException if [uri] has no valid host and port
     */
    fun origin(uri: URI): Origin {
        val authority = Authority.of(uri.rawAuthority.orEmpty(), uri.toString())
        return authority.origin(uri.scheme.orEmpty().lowercase())
    }

    /** [uri] with [params] added to its query, percent-encoded; a space is `%20`, which every server understands. */
    fun withParams(uri: URI, params: List<Pair<String, String>>): URI {
        if (params.isEmpty()) return uri
        val param = UrlEncoding.PARAM
        val added = params.joinToString("&") { (name, value) -> "${param.encode(name)}=${param.encode(value)}" }
        val query = if (uri.rawQuery.isNullOrEmpty()) added else uri.rawQuery + "&" + added
        val fragment = uri.rawFragment?.let { "#$it" }.orEmpty()
        return uri("${uri.scheme}://${uri.rawAuthority}${pathOf(uri)}?$query$fragment")
    }

    /** [uri] without user info and fragment: what errors, listeners and responses show. */
    fun public(uri: URI): URI {
        val authority = uri.rawAuthority.orEmpty()
        if ('@' !in authority && uri.rawFragment == null) return uri
        return uri("${uri.scheme}://${authority.substringAfterLast('@')}${target(uri)}")
    }

    /** The credentials that the user info of [uri] stands for, or null if there is none. */
    fun auth(uri: URI): Auth? {
        val authority = uri.rawAuthority.orEmpty()
        if ('@' !in authority) return null
        val userInfo = UrlEncoding.decode(authority.substringBeforeLast('@'))
        return Auth.basic(userInfo.substringBefore(':'), userInfo.substringAfter(':', ""))
    }

    private fun pathOf(uri: URI): String = uri.rawPath.orEmpty().ifEmpty { "/" }

    private fun uri(text: String): URI = try {
        URI(text)
    } catch (e: URISyntaxException) {
        throw InvalidUrlException("Invalid URL, ${e.reason}: ${shown(text)}", null)
    }

    private fun schemeOf(text: String): String? {
        val end = text.indexOfFrom(0) { !(isAsciiLetterOrDigit(it) || it == '+' || it == '-' || it == '.') }
        if (end == 0 || end == text.length || text[end] != ':' || text[0] in '0'..'9') return null
        return text.substring(0, end).lowercase()
    }

    private fun checkControls(text: String) {
        val at = text.indexOfFrom(0) { it < ' ' || it == '\u007f' }
        if (at < text.length) throw invalid("a control character in it", text)
    }

    /** Without `.` and `..` (RFC 3986, section 5.2.4). */
    private fun withoutDots(path: String): String {
        if (path.isEmpty()) return "/"
        if (!path.contains("/.")) return path
        val kept = ArrayList<String>()
        val segments = path.substring(1).split('/')
        for (segment in segments) {
            when (segment) {
                "." -> {}
                ".." -> kept.removeLastOrNull()
                else -> kept.add(segment)
            }
        }
        if (segments.last() == "." || segments.last() == "..") kept.add("")
        return kept.joinToString("/", prefix = "/")
    }

    private fun invalid(what: String, url: String) = InvalidUrlException("Invalid URL, $what: ${shown(url)}", null)

    /** [url] for a message, without user info. */
    private fun shown(url: String): String {
        val scheme = schemeOf(url)
        val start = url.indexOfFrom(if (scheme == null) 0 else scheme.length + 1) { it != '/' && it != '\\' }
        val end = url.indexOfFrom(start) { it == '/' || it == '?' || it == '#' }
        val authority = url.substring(start, end)
        // A password with an unescaped / or # in it ends the authority too early, in what looks like a port.
        val cutShort = authority.substringAfterLast(':', "").any { it !in '0'..'9' && it != ']' }
        val at = if ('@' in authority || !cutShort) start + authority.lastIndexOf('@') else url.lastIndexOf('@')
        val bare = if (at < start) url else url.substring(0, start) + url.substring(at + 1)
        return Printable.of(bare)
    }

    /** `user@host:port`, taken apart; the host in its one canonical form, without brackets. */
    private class Authority(val userInfo: String?, host: String, port: Int) {
        private val plain = Origin(false, host, if (port >= 0) port else 80)
        private val tls = Origin(true, host, if (port >= 0) port else 443)

        fun origin(scheme: String): Origin = if (scheme == "https") tls else plain

        companion object {
            private const val MOST_KNOWN = 1000

            /** A service asks the same hosts again and again: what they come to. None with user info, which is secret. */
            private val known = ConcurrentHashMap<String, Authority>()

            fun of(text: String, url: String): Authority = known[text] ?: taken(text, url).also { remember(text, it) }

            private fun remember(text: String, authority: Authority) {
                if (authority.userInfo != null) return
                if (known.size >= MOST_KNOWN) known.clear()
                known[text] = authority
            }

            private fun taken(text: String, url: String): Authority {
                // Some take a backslash for a slash here, some do not: the host must not depend on who reads it.
                if ('\\' in text) throw invalid("a backslash before the path", url)
                val at = text.lastIndexOf('@')
                val hostEnd = hostEnd(text, at + 1)
                val host = text.substring(at + 1, hostEnd)
                if (host.isEmpty()) throw invalid("no host", url)
                val port = port(text.substring(hostEnd), url)
                val userInfo = if (at > 0) text.substring(0, at) else null
                return Authority(userInfo, if (host[0] == '[') ipv6(host, url) else name(host, url), port)
            }

            private fun hostEnd(text: String, start: Int): Int {
                if (!text.startsWith("[", start)) return text.indexOfFrom(start) { it == ':' }
                val bracket = text.indexOf(']', start)
                return if (bracket >= 0) bracket + 1 else text.length
            }

            private fun port(text: String, url: String): Int {
                if (text.isEmpty() || text == ":") return -1
                val digits = text.substring(1)
                val port = if (digits.all { it in '0'..'9' }) digits.toIntOrNull() else null
                if (text[0] != ':' || port == null || port !in 1..65535) {
                    throw invalid("the port is not a number from 1 to 65535", url)
                }
                return port
            }

            private fun ipv6(literal: String, url: String): String {
                val address = literal.removeSurrounding("[", "]")
                val mayBe = ':' in address && '%' !in address
                val bytes = if (mayBe) NetUtil.createByteArrayFromIpAddressString(address) else null
                if (bytes == null || bytes.size != 16) throw invalid("not an IPv6 address between the brackets", url)
                return NetUtil.toAddressString(Inet6Address.getByAddress(null, bytes, -1))
            }

            private fun name(host: String, url: String): String {
                val ascii =
                    try {
                        if (host.all { it < '\u0080' }) host.lowercase() else IDN.toASCII(host).lowercase()
                    } catch (_: IllegalArgumentException) {
                        throw invalid("the host is no internationalized domain name", url)
                    }
                val labels = ascii.removeSuffix(".").split('.')
                when {
                    ascii.any { !(isAsciiLetterOrDigit(it) || it == '-' || it == '_' || it == '.') } ->
                        throw invalid("a character in the host that hosts do not have", url)

                    ascii.length > MAX_HOST || labels.any { it.isEmpty() || it.length > 63 } ->
                        throw invalid("a part of the host is empty or too long", url)

                    isNumber(labels.last()) && !isIpv4(ascii) ->
                        throw invalid("an IPv4 address not of the form 127.0.0.1", url)
                }
                return ascii
            }

            /** Whether browsers would take a host that ends in this for an IPv4 address. */
            private fun isNumber(label: String) = label.all { it in '0'..'9' } ||
                (label.startsWith("0x") && label.drop(2).all { it in '0'..'9' || it in 'a'..'f' })

            private fun isIpv4(host: String): Boolean {
                val parts = host.split('.')
                return parts.size == 4 &&
                    parts.all { part ->
                        part.length <= 3 &&
                            part.toIntOrNull()?.let { it in 0..255 && it.toString() == part } == true
                    }
            }
        }
    }
}

internal fun isAsciiLetterOrDigit(char: Char): Boolean = char in 'a'..'z' || char in 'A'..'Z' || char in '0'..'9'

/** The index of the first character from [start] on that [matches], or the length if there is none. */
private inline fun String.indexOfFrom(start: Int, matches: (Char) -> Boolean): Int {
    for (i in start..<length) if (matches(this[i])) return i
    return length
}

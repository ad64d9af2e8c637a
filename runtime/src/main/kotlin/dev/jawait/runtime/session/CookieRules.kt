package dev.jawait.runtime.session

import dev.jawait.http.ClientException
import dev.jawait.http.Cookie
import io.netty.handler.codec.http.HttpHeaderNames
import io.netty.handler.codec.http.HttpHeaders
import io.netty.util.NetUtil
import java.net.URI
import java.net.URISyntaxException

/** Which cookie belongs where (RFC 6265, section 5.1). */
internal object CookieRules {
    /** Whether [host] is [domain] or below it (section 5.1.3). An IP address is below nothing. */
    fun isWithin(host: String, domain: String): Boolean =
        host == domain || (host.endsWith(".$domain") && !isAddress(host))

    /** The directory of the path of [uri] (section 5.1.4). */
    fun defaultPath(uri: URI): String {
        val path = uri.rawPath.orEmpty()
        val end = path.lastIndexOf('/')
        return if (end <= 0) "/" else path.substring(0, end)
    }

    /** Whether a cookie for [cookiePath] goes to [path] (section 5.1.4). */
    fun pathMatches(path: String, cookiePath: String): Boolean = path.startsWith(cookiePath) &&
        (path.length == cookiePath.length || cookiePath.endsWith('/') || path[cookiePath.length] == '/')

    /** Whether [host] is an IP address. */
    fun isAddress(host: String): Boolean = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)

    /** Puts the [header] of [stored] and [ofRequest] into one field with what [headers] has of cookies (section 5.4). */
    fun add(headers: HttpHeaders, stored: List<Cookie>, ofRequest: List<Pair<String, String>> = emptyList()) {
        val given = headers.getAll(HttpHeaderNames.COOKIE)
        headers.set(HttpHeaderNames.COOKIE, (given + header(stored, ofRequest)).joinToString("; "))
    }

    /**
     * The `Cookie` header (section 5.4): first [ofRequest], the cookies given with the request, then those of
     * [stored] that have other names. Empty if there is nothing to send.
     */
    fun header(stored: List<Cookie>, ofRequest: List<Pair<String, String>> = emptyList()): String {
        val header = StringBuilder()
        for ((name, value) in ofRequest) append(header, name, value)
        for (cookie in stored) {
            if (ofRequest.none { it.first == cookie.name }) append(header, cookie.name, cookie.value)
        }
        return header.toString()
    }

    /**
     * Refuses a cookie of the caller's that would end early in the header, or end the header (section 4.1.1).
     *
     * @throws IllegalArgumentException if it would
     */
    fun check(name: String, value: String) {
        require(name.isNotEmpty() && name.none { it <= ' ' || it >= '\u007f' || it in "()<>@,;:\\\"/[]?={}" }) {
            "Not the name of a cookie: ${Printable.of(name)}"
        }
        require(value.none { it < ' ' || it == '\u007f' || it == ';' || it > '\u00ff' }) {
            "The value of the cookie $name has a character that would end it, or that no header can have"
        }
    }

    /**
     * Refuses a cookie that no response can have set, or that is for no host.
     *
     * @throws IllegalArgumentException if it is one
     */
    fun checkWritable(cookie: Cookie) {
        require(cookie.name.isNotEmpty() && '=' !in cookie.name && isWritable(cookie.name)) {
            "Not the name of a cookie: ${Printable.of(cookie.name)}"
        }
        require(isWritable(cookie.value)) {
            "The value of the cookie ${cookie.name} has a character that no header can"
        }
        require(cookie.path.startsWith('/')) { "Not a path of a cookie: ${Printable.of(cookie.path)}" }
        require(isHost(cookie.domain)) { "Not a host in ASCII and lower case: ${Printable.of(cookie.domain)}" }
    }

    private fun isWritable(text: String) =
        text.none { (it < ' ' && it != '\t') || it == '\u007f' || it == ';' || it > '\u00ff' }

    private fun isHost(domain: String) = try {
        Urls.origin(URI("http", if (':' in domain) "[$domain]" else domain, "/", null, null)).host() == domain
    } catch (_: ClientException) {
        false
    } catch (_: URISyntaxException) {
        false
    }

    private fun append(header: StringBuilder, name: String, value: String) {
        if (header.isNotEmpty()) header.append("; ")
        header.append(name).append('=').append(value)
    }
}

package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import dev.jawait.http.CookieJar
import dev.jawait.runtime.transport.Origin
import java.net.URI

internal class CookieJarBuilder : CookieJar.Builder {
    private val secureOrigins = HashSet<Origin>()
    private val cookies = ArrayList<Cookie>()
    private var acceptFromIp = true

    override fun treatAsSecureOrigin(url: String): CookieJar.Builder =
        apply { secureOrigins.add(Urls.origin(Urls.parse(url))) }

    override fun acceptFromIp(accept: Boolean): CookieJar.Builder = apply { acceptFromIp = accept }

    override fun cookie(url: String, name: String, value: String): CookieJar.Builder {
        CookieRules.check(name, value)
        val origin = Urls.origin(Urls.parse(url))
        return cookie(Cookie(name, value, origin.host(), true, "/", null, origin.tls(), false))
    }

    override fun cookie(cookie: Cookie): CookieJar.Builder {
        CookieRules.checkWritable(cookie)
        return apply { cookies.add(cookie) }
    }

    override fun build(): CookieJar {
        val jar = MemoryCookieJar(secureOrigins = secureOrigins.toSet(), acceptFromIp = acceptFromIp)
        cookies.forEach { jar.putIn(it) }
        return jar
    }
}

/** Puts [cookie] in as if its own domain had set it. */
internal fun CookieJar.putIn(cookie: Cookie) {
    val host = if (':' in cookie.domain) "[${cookie.domain}]" else cookie.domain
    store(URI("https://$host/"), listOf(cookie))
}

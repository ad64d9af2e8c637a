package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import dev.jawait.http.CookieJar
import dev.jawait.runtime.transport.Origin
import java.net.URI
import java.time.Clock
import java.time.Instant
import java.util.concurrent.locks.ReentrantLock
import java.util.function.Predicate
import kotlin.concurrent.withLock

/**
 * Cookies in memory (RFC 6265, sections 5.3 and 5.4). Where there are too many, those that have expired go, then the
 * oldest.
 *
 * aiohttp ignores the cookies of IP addresses unless its jar is `unsafe`. Here they are kept if not said otherwise, for
 * exactly that address: they are host-only, so there is nowhere else that they could go.
 *
 * @param secureOrigins to which secure cookies go although they do not speak TLS
 */
internal class MemoryCookieJar(
    private val clock: Clock = Clock.systemUTC(),
    private val limit: Int = 3000,
    private val limitPerDomain: Int = 50,
    private val secureOrigins: Set<Origin> = emptySet(),
    private val acceptFromIp: Boolean = true,
) : CookieJar {
    private data class Key(val name: String, val path: String)

    /** [age] counts up; a cookie that replaces another has that one's. */
    private class Stored(val cookie: Cookie, val age: Long)

    private val lock = ReentrantLock()

    /** By domain; each in order of age. */
    private val domains = HashMap<String, LinkedHashMap<Key, Stored>>()
    private var nextAge = 0L

    /** Changed under the lock; read without it by who finds that there are none. */
    @Volatile
    private var count = 0

    override fun store(from: URI, cookies: List<Cookie>) {
        if (cookies.isEmpty()) return
        val host = Urls.origin(from).host()
        if (!acceptFromIp && CookieRules.isAddress(host)) return
        lock.withLock {
            for (cookie in cookies) {
                val allowed = if (cookie.hostOnly) host == cookie.domain else CookieRules.isWithin(host, cookie.domain)
                if (allowed) put(cookie)
            }
        }
    }

    override fun cookiesFor(to: URI): List<Cookie> {
        if (count == 0) return emptyList()
        val origin = Urls.origin(to)
        val host = origin.host()
        val path = to.rawPath.orEmpty().ifEmpty { "/" }
        val secure = origin.tls() || origin in secureOrigins
        val now = clock.instant()
        val found = ArrayList<Stored>()
        lock.withLock {
            forEachDomainOf(host) { domain ->
                domains[domain]?.values?.filterTo(found) { stored ->
                    val cookie = stored.cookie
                    (!cookie.hostOnly || domain == host) &&
                        (secure || !cookie.secure) &&
                        CookieRules.pathMatches(path, cookie.path) &&
                        !hasExpired(cookie, now)
                }
            }
        }
        found.sortWith(compareByDescending<Stored> { it.cookie.path.length }.thenBy { it.age })
        return found.map { it.cookie }
    }

    override fun all(): List<Cookie> {
        val now = clock.instant()
        return lock
            .withLock { stored() }
            .filterNot { hasExpired(it.cookie, now) }
            .sortedBy { it.age }
            .map { it.cookie }
    }

    override fun clear(unwanted: Predicate<in Cookie>) {
        // Asked outside of the lock: it is the user's code.
        val doomed = lock.withLock { stored() }.map { it.cookie }.filter(unwanted::test)
        lock.withLock { doomed.forEach(::remove) }
    }

    private fun stored() = domains.values.flatMap { it.values }

    /** Unless it has been replaced by another one. */
    private fun remove(cookie: Cookie) {
        val domain = domains[cookie.domain] ?: return
        val key = Key(cookie.name, cookie.path)
        if (domain[key]?.cookie !== cookie) return
        domain.remove(key)
        count--
        if (domain.isEmpty()) domains.remove(cookie.domain)
    }

    private fun put(cookie: Cookie) {
        val now = clock.instant()
        val key = Key(cookie.name, cookie.path)
        val domain = domains.getOrPut(cookie.domain) { LinkedHashMap() }
        if (hasExpired(cookie, now)) {
            if (domain.remove(key) != null) count--
        } else {
            val replaced = domain[key]
            domain[key] = Stored(cookie, replaced?.age ?: nextAge++)
            if (replaced == null) count++
            if (domain.size > limitPerDomain) makeRoom(domain, now)
        }
        if (domain.isEmpty()) domains.remove(cookie.domain)
        if (count > limit) makeRoom(now)
    }

    private fun makeRoom(domain: MutableMap<Key, Stored>, now: Instant) {
        removeExpired(domain, now)
        if (domain.size > limitPerDomain) removeOldest(domain)
    }

    private fun makeRoom(now: Instant) {
        domains.values.forEach { removeExpired(it, now) }
        if (count > limit) removeOldest(domains.values.filter { it.isNotEmpty() }.minBy { it.values.first().age })
        domains.values.removeIf { it.isEmpty() }
    }

    private fun removeExpired(domain: MutableMap<Key, Stored>, now: Instant) {
        val before = domain.size
        domain.values.removeIf { hasExpired(it.cookie, now) }
        count -= before - domain.size
    }

    private fun removeOldest(domain: MutableMap<Key, Stored>) {
        domain.remove(domain.keys.first())
        count--
    }

    private fun hasExpired(cookie: Cookie, now: Instant): Boolean = cookie.expires?.let { it <= now } ?: false

    /** [host] and all that it is below. */
    private inline fun forEachDomainOf(host: String, action: (String) -> Unit) {
        var domain = host
        while (true) {
            action(domain)
            val dot = domain.indexOf('.')
            if (dot < 0 || CookieRules.isAddress(host)) return
            domain = domain.substring(dot + 1)
        }
    }
}

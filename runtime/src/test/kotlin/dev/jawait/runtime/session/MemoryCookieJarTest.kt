package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

private class HandClock : Clock() {
    var now: Instant = Instant.parse("2026-11-20T10:00:00Z")

    override fun instant() = now

    override fun getZone(): ZoneId = ZoneOffset.UTC

    override fun withZone(zone: ZoneId?): Clock = this
}

/** Case 56: test_domain_filter_host_only, test_secure_filter, test_path_filter, test_max_age. */
class MemoryCookieJarTest :
    FunSpec({
        fun MemoryCookieJar.receive(url: String, vararg headers: String, clock: Clock = Clock.systemUTC()) =
            Urls.parse(url).let { from ->
                store(from, headers.mapNotNull { SetCookie.parse(it, from, clock.instant()) })
            }

        fun MemoryCookieJar.sent(url: String) = CookieRules.header(cookiesFor(Urls.parse(url)))

        test("a host-only cookie goes to its host alone, one with a domain below it too") {
            val jar = MemoryCookieJar()
            jar.receive("http://example.com/", "a=1", "b=2; Domain=example.com")
            jar.sent("http://example.com/") shouldBe "a=1; b=2"
            jar.sent("http://example.com:8080/") shouldBe "a=1; b=2"
            jar.sent("http://www.example.com/") shouldBe "b=2"
            jar.sent("http://a.b.example.com/") shouldBe "b=2"
            jar.sent("http://badexample.com/") shouldBe ""
            jar.sent("http://com/") shouldBe ""
        }

        test("a cookie of an address goes to that address") {
            val jar = MemoryCookieJar()
            jar.receive("http://127.0.0.1:1/", "a=1")
            jar.receive("http://[::1]/", "b=2")
            jar.sent("http://127.0.0.1:2/") shouldBe "a=1"
            jar.sent("http://[0:0::1]/") shouldBe "b=2"
            jar.sent("http://127.0.0.2/") shouldBe ""
        }

        test("paths match by whole segments") {
            val jar = MemoryCookieJar()
            jar.receive("http://h/", "a=1; Path=/x", "b=2; Path=/y/")
            jar.sent("http://h/x") shouldBe "a=1"
            jar.sent("http://h/x/z?q") shouldBe "a=1"
            jar.sent("http://h/xz") shouldBe ""
            jar.sent("http://h/y") shouldBe ""
            jar.sent("http://h/y/z") shouldBe "b=2"
        }

        test("secure cookies go over https alone") {
            val jar = MemoryCookieJar()
            jar.receive("https://localhost/", "a=1; Secure")
            jar.sent("http://localhost/") shouldBe ""
            jar.sent("https://localhost/") shouldBe "a=1"
        }

        test("longer paths first, then the older; a replaced cookie keeps its age") {
            val jar = MemoryCookieJar()
            jar.receive("http://www.e.com/", "a=1", "b=2; Path=/x", "c=3; Domain=e.com", "d=4; Path=/x")
            jar.receive("http://www.e.com/", "a=5")
            jar.sent("http://www.e.com/x") shouldBe "b=2; d=4; a=5; c=3"
        }

        test("the same name for another path or domain is another cookie") {
            val jar = MemoryCookieJar()
            jar.receive("http://www.e.com/", "a=1", "a=2; Path=/x", "a=3; Domain=e.com")
            jar.sent("http://www.e.com/x") shouldBe "a=2; a=1; a=3"
        }

        test("one that has expired is gone, and deletes its like") {
            val clock = HandClock()
            val jar = MemoryCookieJar(clock)
            jar.receive("http://h/", "a=1; Max-Age=60", "b=2", clock = clock)
            jar.receive("http://h/", "b=; Max-Age=0", "c=; Max-Age=0", clock = clock)
            jar.sent("http://h/") shouldBe "a=1"
            clock.now += Duration.ofSeconds(60)
            jar.sent("http://h/") shouldBe ""
            jar.all().shouldBeEmpty()
        }

        test("cookies that are not for the sender to set are not kept") {
            val jar = MemoryCookieJar()
            jar.store(Urls.parse("http://h/"), listOf(Cookie("a", "1", "example.com", false, "/", null, false, false)))
            jar.all().shouldBeEmpty()
        }

        test("the oldest of a domain makes room, those that have expired first") {
            val clock = HandClock()
            val jar = MemoryCookieJar(clock, limit = 100, limitPerDomain = 3)
            jar.receive("http://h/", "a=1", "b=1; Max-Age=1", "c=1", clock = clock)
            clock.now += Duration.ofSeconds(1)
            jar.receive("http://h/", "d=1", clock = clock)
            jar.all().map { it.name } shouldContainExactly listOf("a", "c", "d")
            jar.receive("http://h/", "e=1", clock = clock)
            jar.all().map { it.name } shouldContainExactly listOf("c", "d", "e")
        }

        test("the oldest of all makes room") {
            val jar = MemoryCookieJar(limit = 3)
            for (host in 'a'..'e') jar.receive("http://$host/", "$host=1")
            jar.all().map { it.name } shouldContainExactly listOf("c", "d", "e")
            jar.clear()
            jar.all().shouldBeEmpty()
            jar.sent("http://e/") shouldBe ""
        }

        test("many threads") {
            val jar = MemoryCookieJar(limit = 64)
            val threads = Executors.newFixedThreadPool(4)
            repeat(4) { thread ->
                threads.execute {
                    repeat(2000) {
                        jar.receive("http://h${it % 40}/", "c$thread=$it")
                        jar.sent("http://h${it % 40}/")
                    }
                }
            }
            threads.shutdown()
            threads.awaitTermination(30, TimeUnit.SECONDS) shouldBe true
            jar.all().size shouldBe 64
        }

        test("cookies of the request go before those of the jar, and replace those of their name") {
            val jar = MemoryCookieJar()
            jar.receive("http://h/", "a=1", "b=2")
            CookieRules.header(jar.cookiesFor(Urls.parse("http://h/")), listOf("b" to "3", "c" to "4")) shouldBe
                "b=3; c=4; a=1"
        }
    })

package dev.jawait.runtime.session

import dev.jawait.http.Cookie
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import java.time.Instant

class SetCookieTest :
    FunSpec({
        val now = Instant.parse("2026-11-20T10:00:00Z")

        fun parse(header: String, url: String = "http://www.example.com/a/b/c"): Cookie? =
            SetCookie.parse(header, Urls.parse(url), now)

        test("a bare cookie is for its host and its directory") {
            parse("a=b") shouldBe Cookie("a", "b", "www.example.com", true, "/a/b", null, false, false)
        }

        test("all attributes") {
            parse(" a = b=c ; DOMAIN=.Example.COM ; path=/x; secure ; HttpOnly; SameSite=Lax; Max-Age=60") shouldBe
                Cookie("a", "b=c", "example.com", false, "/x", now.plusSeconds(60), true, true)
        }

        listOf("a", "=b", " =b", "", ";a=b", "a=b\u0000", "a\u007f=b", "a=${"b".repeat(4096)}").forEach { header ->
            test("<${Printable.of(header.take(20))}> is no cookie") { parse(header).shouldBeNull() }
        }

        test("quotes are part of the value, and it may be empty") {
            parse("a=\"b c\"")!!.value shouldBe "\"b c\""
            parse("a=")!!.value shouldBe ""
        }

        listOf(
            "other.com",
            "evil-example.com",
            "a.www.example.com",
            "ww.example.com",
            "com",
            "10.0.0.1",
        ).forEach { domain ->
            test("the domain $domain is not for www.example.com to set") { parse("a=b; Domain=$domain").shouldBeNull() }
        }

        test("a public suffix is for nobody to set, but for the host that is one, for itself") {
            parse("a=b; Domain=co.uk", "http://www.example.co.uk/").shouldBeNull()
            parse("a=b; Domain=example.co.uk", "http://www.example.co.uk/")!!.hostOnly shouldBe false
            parse("a=b; Domain=github.io", "http://user.github.io/").shouldBeNull()
            parse("a=b; Domain=kobe.jp", "http://city.kobe.jp/").shouldBeNull()
            parse("a=b; Domain=github.io", "http://github.io/")!!.let { it.domain to it.hostOnly } shouldBe
                ("github.io" to true)
        }

        // Case 56, test_ignore_domain_ending_with_dot.
        listOf("", ".", "example.com.", "other.com.").forEach { domain ->
            test("the domain <$domain> is none") {
                val cookie = parse("a=b; Domain=$domain").shouldNotBeNull()
                cookie.domain to cookie.hostOnly shouldBe ("www.example.com" to true)
            }
        }

        test("a name without dots, and an address, may name themselves alone") {
            parse("a=b; Domain=localhost", "http://localhost/")!!.hostOnly shouldBe true
            parse("a=b; Domain=127.0.0.1", "http://127.0.0.1/")!!.hostOnly shouldBe true
            parse("a=b; Domain=0.1", "http://127.0.0.1/").shouldBeNull()
            parse("a=b", "http://[::1]:80/")!!.domain shouldBe "::1"
            parse("a=b; Domain=localhost", "http://a.localhost/").shouldBeNull()
        }

        test("of attributes given twice the last counts") {
            parse("a=b; Path=/x; Path=/y; Domain=other.com; Domain=example.com")!!.let { it.path to it.domain } shouldBe
                ("/y" to "example.com")
        }

        listOf(
            "http://h" to "/",
            "http://h/a" to "/",
            "http://h/a/" to "/a",
            "http://h/a/b?c=/d/e" to "/a",
        ).forEach { (url, path) ->
            test("the default path of $url is $path") {
                parse("a=b", url)!!.path shouldBe path
                parse("a=b; Path=x", url)!!.path shouldBe path
                parse("a=b; Path", url)!!.path shouldBe path
            }
        }

        test("Max-Age before Expires; what is no number or date is not there") {
            val date = "Expires=Sat, 21 Nov 2026 10:00:00 GMT"
            parse("a=b; $date")!!.expires shouldBe Instant.parse("2026-11-21T10:00:00Z")
            parse("a=b; Expires=Sat, 21-Nov-26 10:00:00 GMT")!!.expires shouldBe Instant.parse("2026-11-21T10:00:00Z")
            parse("a=b; Max-Age=1; $date")!!.expires shouldBe now.plusSeconds(1)
            parse("a=b; $date; Max-Age=x")!!.expires shouldBe Instant.parse("2026-11-21T10:00:00Z")
            parse("a=b; Expires=soon; Max-Age=+1")!!.expires.shouldBeNull()
            parse("a=b; Max-Age=0")!!.expires shouldBe Instant.EPOCH
            parse("a=b; Max-Age=-99999999999999999999")!!.expires shouldBe Instant.EPOCH
            (parse("a=b; Max-Age=99999999999999999999")!!.expires!! > now) shouldBe true
        }
    })

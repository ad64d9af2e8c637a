package dev.jawait.runtime.session

import dev.jawait.http.InsecureRedirectException
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.NonHttpUrlException
import dev.jawait.http.RequestBody
import dev.jawait.runtime.bodies.Body
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import io.netty.handler.codec.http.DefaultHttpHeaders

class RedirectTest :
    FunSpec({
        val body = Body.of(RequestBody.text("hello"))

        fun hop(method: String = "GET", url: String = "http://a/x/y?q=1") = Hop(
            method,
            Urls.parse(url),
            DefaultHttpHeaders()
                .add("Authorization", "secret")
                .add("proxy-authorization", "secret")
                .add("COOKIE", "a=secret")
                .add("Content-Type", "text/plain")
                .add("X-Mine", "1"),
            listOf("b" to "secret"),
            body.takeIf { method != "GET" && method != "HEAD" },
        )

        listOf(200, 300, 304, 305, 306, 309, 400).forEach { status ->
            test("$status is no redirect") { Redirect.next(hop(), status, "/z") shouldBe null }
        }

        test("without a location it is a response as any other") {
            Redirect.next(hop(), 302, null) shouldBe null
            Redirect.next(hop(), 302, " ") shouldBe null
        }

        listOf(
            Triple(301, "POST", "GET"),
            Triple(302, "POST", "GET"),
            Triple(303, "POST", "GET"),
            Triple(303, "PUT", "GET"),
            Triple(303, "DELETE", "GET"),
        ).forEach { (status, method, next) ->
            test("$status of $method goes on as $next, without the body and what describes it") {
                val followed = Redirect.next(hop(method), status, "/z")!!
                followed.method shouldBe next
                followed.body shouldBe null
                followed.headers.contains("Content-Type") shouldBe false
                followed.headers.get("X-Mine") shouldBe "1"
                followed.headers.get("Authorization") shouldBe "secret"
            }
        }

        listOf(
            301 to "GET",
            301 to "PUT",
            302 to "DELETE",
            302 to "HEAD",
            303 to "HEAD",
            307 to "POST",
            308 to "POST",
            308 to "PATCH",
        ).forEach { (status, method) ->
            test("$status of $method is repeated as it is") {
                val first = hop(method)
                val followed = Redirect.next(first, status, "z")!!
                followed shouldBe first.copy(uri = Urls.parse("http://a/x/z"))
                followed.headers shouldBeSameInstanceAs first.headers
            }
        }

        listOf("http://b/", "https://a/", "http://a:81/", "//b/x", "http://sub.a/").forEach { location ->
            test("$location is another origin, and gets no secrets") {
                val first = hop("POST")
                val followed = Redirect.next(first, 307, location)!!
                followed.headers.names().map { it.toString() } shouldContainExactlyInAnyOrder
                    listOf("Content-Type", "X-Mine")
                followed.cookies.shouldBeEmpty()
                followed.body shouldBe body
                first.headers.size() shouldBe 5
            }
        }

        test("from https down to http is refused") {
            shouldThrow<InsecureRedirectException> { Redirect.next(hop(url = "https://a/"), 302, "http://u:p@a/") }
                .message shouldNotContain "u:p"
        }

        test("from https down to http is followed if that is allowed, without the secrets") {
            val followed = Redirect.next(hop(url = "https://a/"), 302, "http://a/", allowDowngrade = true)!!
            followed.uri.toString() shouldBe "http://a/"
            followed.headers.contains("Authorization") shouldBe false
        }

        test("the same origin written differently is the same") {
            Redirect.next(hop(), 302, "HTTP://A:80/z")!!.headers.get("Authorization") shouldBe "secret"
        }

        test("a location in UTF-8 or Latin-1 that was not escaped") {
            val utf8 = "/é".toByteArray().toString(Charsets.ISO_8859_1)
            Redirect.next(hop(), 302, utf8)!!.uri.rawPath shouldBe "/%C3%A9"
            Redirect.next(hop(), 302, "/\u00e9")!!.uri.rawPath shouldBe "/%C3%A9"
        }

        test("where none can follow") {
            shouldThrow<NonHttpUrlException> { Redirect.next(hop(), 302, "ftp://a/") }
            shouldThrow<InvalidUrlException> { Redirect.next(hop(), 302, "http://a:x/") }
        }

        test("a hop tells no secrets") {
            hop(url = "http://u:p@a/").toString() shouldBe "GET http://a/"
        }
    })

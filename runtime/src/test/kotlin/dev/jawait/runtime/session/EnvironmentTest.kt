package dev.jawait.runtime.session

import dev.jawait.http.Proxy
import dev.jawait.runtime.transport.Origin
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.io.path.Path

/** Which proxy the environment names. */
internal class EnvironmentTest :
    FunSpec({
        fun environment(vararg variables: Pair<String, String>) = Environment(mapOf(*variables)::get, Path("/nowhere"))

        fun Environment.by(url: String) = proxyFor(Urls.origin(Urls.parse(url)))?.toString()

        test("each scheme has its proxy, and those without one have that for all") {
            val both = environment("HTTP_PROXY" to "http://one:1", "https_proxy" to "socks5h://two:2")
            both.by("http://a/") shouldBe "http://one:1"
            both.by("https://a/") shouldBe "socks5://two:2"
            val some = environment("http_proxy" to "one:1", "ALL_PROXY" to "https://two:2")
            some.by("http://a/") shouldBe "http://one:1"
            some.by("https://a/") shouldBe "https://two:2"
            environment().by("http://a/") shouldBe null
        }

        test("lower case goes first, and blank is as good as nothing") {
            environment("http_proxy" to "one", "HTTP_PROXY" to "two").by("http://a/") shouldBe "http://one:80"
            environment("http_proxy" to " ", "HTTP_PROXY" to "two").by("http://a/") shouldBe "http://two:80"
        }

        test("in a CGI program HTTP_PROXY is what a client says, and does not count") {
            val cgi = arrayOf("REQUEST_METHOD" to "GET", "HTTP_PROXY" to "evil")
            environment(*cgi).by("http://a/") shouldBe null
            environment(*cgi, "http_proxy" to "good").by("http://a/") shouldBe "http://good:80"
            environment("REQUEST_METHOD" to "GET", "HTTPS_PROXY" to "good").by("https://a/") shouldBe "http://good:80"
        }

        test("WebSockets have proxies of their own, or those of their requests") {
            fun Environment.byWebSocket(url: String) =
                proxyFor(Urls.origin(Urls.parse(url)), opensWebSocket = true)?.toString()
            val own = environment("HTTP_PROXY" to "one:1", "WS_PROXY" to "two:2", "wss_proxy" to "three:3")
            own.by("http://a/") shouldBe "http://one:1"
            own.byWebSocket("http://a/") shouldBe "http://two:2"
            own.byWebSocket("https://a/") shouldBe "http://three:3"
            environment("HTTP_PROXY" to "one:1").byWebSocket("http://a/") shouldBe "http://one:1"
            environment("WS_PROXY" to "two:2", "NO_PROXY" to "a").byWebSocket("http://a/") shouldBe null
        }

        test("a proxy has its credentials with it") {
            val proxy = environment("HTTP_PROXY" to "http://us%40er:secret@one:1").proxyFor(Origin(false, "a", 80))
            proxy shouldBe Proxy.of("http://one:1").credentials("us@er", "secret")
        }

        test("what is no proxy is an error that names the variable, not the password") {
            for (url in listOf("ftp://user:secret@host", "http://user:secret@host:x", "http://user:secret@")) {
                val error = shouldThrow<IllegalArgumentException> { environment("HTTPS_PROXY" to url) }
                error.message shouldContain "HTTPS_PROXY"
                error.message shouldNotContain "secret"
            }
        }

        test("NO_PROXY exempts hosts") {
            listOf(
                Triple("*", "http://any.test/", true),
                Triple("example.com", "http://example.com/", true),
                Triple("example.com", "http://EXAMPLE.COM:8080/", true),
                Triple("example.com", "http://example.com./", true),
                Triple("example.com", "http://sub.example.com/", true),
                Triple("example.com", "http://notexample.com/", false),
                Triple("example.com", "http://example.com.evil.test/", false),
                Triple(".example.com", "http://sub.example.com/", true),
                Triple(".example.com", "http://example.com/", true),
                Triple("*.example.com", "http://sub.example.com/", true),
                Triple("Example.COM.", "http://example.com/", true),
                Triple("com", "http://example.com/", true),
                Triple("a.test, b.test", "http://b.test/", true),
                Triple("a.test b.test", "http://b.test/", true),
                Triple(",, ,", "http://b.test/", false),
                Triple(".", "http://b.test/", false),
                Triple("example.com:8080", "http://example.com:8080/", true),
                Triple("example.com:8080", "http://example.com/", false),
                Triple("example.com:80", "http://example.com/", true),
                Triple("example.com:443", "https://example.com/", true),
                Triple("example.com:x", "http://example.com/", false),
                Triple("127.0.0.1", "http://127.0.0.1:8080/", true),
                Triple("127.0.0.1:81", "http://127.0.0.1:8080/", false),
                Triple("127.0.0.1:81", "http://127.0.0.1:81/", true),
                Triple("0.0.1", "http://127.0.0.1/", false),
                Triple("127.0.0.1", "http://localhost/", false),
                Triple("10.0.0.0/8", "http://10.1.2.3/", true),
                Triple("10.0.0.0/8", "http://11.1.2.3/", false),
                Triple("10.0.0.0/8", "http://10.test/", false),
                Triple("0.0.0.0/0", "http://11.1.2.3/", true),
                Triple("10.0.0.0/33", "http://10.1.2.3/", false),
                Triple("10.0.0.0/x", "http://10.1.2.3/", false),
                Triple("::1", "http://[::1]:8080/", true),
                Triple("[::1]", "http://[0:0::1]/", true),
                Triple("[::1]:81", "http://[::1]:81/", true),
                Triple("[::1]:81", "http://[::1]/", false),
                Triple("fd00::/8", "http://[fd12::1]/", true),
                Triple("fd00::/8", "http://[fe80::1]/", false),
                Triple("fd00::/8", "http://10.0.0.1/", false),
                Triple("10.0.0.0/8", "http://[fd12::1]/", false),
            ).forEach { (noProxy, url, exempt) ->
                withClue("$noProxy $url") {
                    val environment = environment("ALL_PROXY" to "http://p", "NO_PROXY" to noProxy)
                    (environment.by(url) == null) shouldBe exempt
                }
            }
        }
    })

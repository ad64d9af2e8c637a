package dev.jawait.runtime.session

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain

private const val RFC_2617_NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093"
private const val RFC_7616_NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"

class DigestAuthTest :
    FunSpec({
        val page = Urls.parse("http://www.example.org/dir/index.html")

        fun DigestAuth.challenge(vararg headers: String, at: String = page.toString()) =
            challenged(headers.toList(), Urls.parse(at))

        fun DigestAuth.get(url: String = page.toString(), body: ByteArray? = ByteArray(0)) =
            authorization("GET", Urls.parse(url), body)

        /** The fields of an answer, unquoted. */
        fun fields(answer: String?): Map<String, String> = Challenge.parse(listOf(answer!!)).single().params

        fun mufasa(password: String, cnonce: String) = DigestAuth("Mufasa", password) { cnonce }

        test("the example of RFC 2617, section 3.5") {
            val auth = mufasa("Circle Of Life", "0a4f113b")
            auth.challenge(
                """Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="$RFC_2617_NONCE", """ +
                    """opaque="5ccc069c403ebaf9f0171e9517f40e41"""",
            ).shouldNotBeNull()
            auth.get() shouldBe
                """Digest username="Mufasa", realm="testrealm@host.com", nonce="$RFC_2617_NONCE", """ +
                """uri="/dir/index.html", response="6629fae49393a05397450978507c4ef1", """ +
                """opaque="5ccc069c403ebaf9f0171e9517f40e41", qop=auth, nc=00000001, cnonce="0a4f113b""""
        }

        // Section 3.9.1: the server offers both, in this order or the other.
        val of7616 = """realm="http-auth@example.org", qop="auth, auth-int", nonce="$RFC_7616_NONCE", """ +
            """opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""""
        listOf(
            "SHA-256" to "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            "MD5" to "8ca523f5e9506fed4657c9700eebdbec",
        ).forEach { (algorithm, response) ->
            test("the example of RFC 7616, section 3.9.1, by $algorithm") {
                val auth = mufasa("Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
                auth.challenge(
                    "Digest $of7616, algorithm=$algorithm",
                    "Digest $of7616, algorithm=MD5",
                ).shouldNotBeNull()
                val fields = fields(auth.get())
                fields["response"] shouldBe response
                fields["algorithm"] shouldBe algorithm
                fields["qop"] shouldBe "auth"
            }
        }

        test("the example of RFC 7616, section 3.9.2, as its erratum 4897 has it") {
            val auth =
                DigestAuth("J\u00e4s\u00f8n Doe", "Secret, or not?") { "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v" }
            auth.challenge(
                """Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, """ +
                    """nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", """ +
                    """opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true""",
                at = "http://api.example.org/doe.json",
            )
            val fields = fields(auth.get("http://api.example.org/doe.json"))
            fields["username"] shouldBe "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
            fields["response"] shouldBe "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"
            fields["userhash"] shouldBe "true"
        }

        fun md5(text: String) = DigestHash.of("MD5")!!.hex(text.encodeToByteArray())

        fun sha256(text: String) = DigestHash.of("SHA-256")!!.hex(text.encodeToByteArray())

        test("without qop it is as in RFC 2069") {
            val auth = mufasa("p", "c")
            auth.challenge("""Digest realm="r", nonce="n"""")
            val fields = fields(auth.get("http://www.example.org/x?y=z"))
            fields["response"] shouldBe md5("${md5("Mufasa:r:p")}:n:${md5("GET:/x?y=z")}")
            fields.keys shouldBe setOf("username", "realm", "nonce", "uri", "response")
        }

        test("auth-int alone takes the body in, and is not answered without it") {
            val auth = mufasa("p", "c")
            auth.challenge("""Digest realm="r", nonce="n", qop=auth-int""")
            auth.get(body = null).shouldBeNull()
            fields(auth.get(body = "body".encodeToByteArray()))["response"] shouldBe
                md5("${md5("Mufasa:r:p")}:n:00000001:c:auth-int:${md5("GET:/dir/index.html:${md5("body")}")}")
        }

        test("the key of a session stays while requests are counted") {
            val auth = mufasa("p", "c")
            auth.challenge("""Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256-sess""")
            val key = sha256("${sha256("Mufasa:r:p")}:n:c")
            for (count in listOf("00000001", "00000002")) {
                val fields = fields(auth.get())
                fields["nc"] shouldBe count
                fields["response"] shouldBe sha256("$key:n:$count:c:auth:${sha256("GET:/dir/index.html")}")
            }
        }

        test("a new nonce begins a new count, the same one goes on") {
            val cnonces = ArrayDeque(listOf("c1", "c2"))
            val auth = DigestAuth("u", "p") { cnonces.removeFirst() }
            val first = """Digest realm="r", nonce="n", qop="auth""""
            auth.challenge(first)!!.isStale shouldBe false
            auth.get()
            auth.challenge(first)
            fields(auth.get())["nc"] shouldBe "00000002"
            auth.challenge("""Digest realm="r", nonce="m", qop="auth", stale=TRUE""")!!.isStale shouldBe true
            fields(auth.get()).let { it["nc"] to it["cnonce"] } shouldBe ("00000001" to "c2")
        }

        test("of several challenges, in one header or many, the first that can be answered is") {
            val auth = mufasa("p", "c")
            auth.challenge(
                """Negotiate abc==, Basic realm="a, Digest realm=\"x\"", Digest realm="no nonce"""",
                """NTLM,Digest nonce="1",realm="b",algorithm=SHA-1 , DIGEST Nonce = "2" , realm = "c" , qop = "AUTH"""",
                """Digest realm="d", nonce="3"""",
            ).shouldNotBeNull().realm shouldBe "c"
            auth.challenge("""Digest realm="d", nonce="3", qop="auth-conf"""").shouldBeNull()
            fields(auth.get())["nonce"] shouldBe "2"
        }

        listOf("", ",", "=", "Digest", "Digest =", "Digest realm=\"", "Digest realm=\"a\\", " , ,x", "Basic").forEach {
            test("<$it> asks for nothing that can be answered") {
                val auth = mufasa("p", "c")
                auth.challenge(it).shouldBeNull()
                auth.get().shouldBeNull()
            }
        }

        test("all of the origin needs the answer, and no other origin") {
            val auth = mufasa("p", "c")
            auth.challenge("""Digest realm="r", nonce="n"""")
            auth.get("http://www.example.org/other").shouldNotBeNull()
            for (other in listOf("https://www.example.org/", "http://www.example.org:81/", "http://example.org/")) {
                auth.get(other).shouldBeNull()
            }
        }

        test("a domain bounds it, but to this origin") {
            val auth = mufasa("p", "c")
            auth.challenge(
                """Digest realm="r", nonce="n", domain="/a/b http://www.example.org/c/ http://evil.org/ python:x sub"""",
            )
            for (path in listOf("/a/b", "/a/b/c", "/c/d", "/dir/sub")) {
                auth.get("http://www.example.org$path").shouldNotBeNull()
            }
            for (url in listOf("http://www.example.org/a/bc", "http://www.example.org/c", "http://evil.org/")) {
                auth.get(url).shouldBeNull()
            }
        }

        test("quotes are escaped, and a name that is not ASCII is encoded") {
            val auth = DigestAuth("a\"b\\", "p") { "c" }
            auth.challenge("""Digest realm="say \"r\"", nonce="n"""")
            auth.get() shouldContain """username="a\"b\\", realm="say \"r\"""""
            val other = DigestAuth("J\u00e4s\u00f8n", "p") { "c" }
            other.challenge("""Digest realm="r", nonce="n", charset=UTF-8""")
            other.get() shouldContain "username*=UTF-8''J%C3%A4s%C3%B8n"
            fields(other.get())["response"] shouldBe
                md5("${md5("J\u00e4s\u00f8n:r:p")}:n:${md5("GET:/dir/index.html")}")
        }

        test("the password is in no words, and cnonces differ") {
            val auth = DigestAuth("u", "secret")
            "$auth" shouldNotContain "secret"
            val cnonces = List(2) {
                auth.challenge("""Digest realm="r", nonce="n$it", qop=auth""")
                fields(auth.get())["cnonce"]
            }
            cnonces.toSet().size shouldBe 2
            shouldThrow<IllegalArgumentException> { DigestAuth("a:b", "p") }
            shouldThrow<IllegalArgumentException> { DigestAuth("a", "p\n") }
        }
    })

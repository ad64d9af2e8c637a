package dev.jawait.runtime.session

import dev.jawait.Async
import dev.jawait.http.ClientSession
import dev.jawait.http.Proxy
import dev.jawait.kotlin.Jawait
import dev.jawait.kotlin.httpClient
import dev.jawait.testing.ScriptedServer
import dev.jawait.testing.TestProxy
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.engine.spec.tempfile
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.ktor.client.HttpClient
import io.ktor.client.engine.ProxyBuilder
import io.ktor.client.engine.http
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import java.nio.file.Path
import kotlin.io.path.writeText

/** Sessions that trust an environment. */
internal class TrustEnvTest :
    FunSpec({
        val nowhere = tempdir().toPath()

        fun session(vararg variables: Pair<String, String>, home: Path = nowhere): ClientSession =
            SessionBuilder().environment(Environment(mapOf(*variables)::get, home)).build()

        fun ClientSession.text(url: String): String = Async.run(get(url).text())

        /** Answers with the credentials it was sent; `/to?x` redirects to `x`. */
        fun echo() = ScriptedServer.start { connection ->
            while (true) {
                val request = connection.readRequest() ?: break
                val location = request.target().substringAfter("/to?", "")
                connection.send(
                    if (location.isEmpty()) {
                        ScriptedServer.ok("${request.target()} ${request.headers()["Authorization"]}")
                    } else {
                        "HTTP/1.1 302 Found\r\nLocation: $location\r\nContent-Length: 0\r\n\r\n"
                    },
                )
            }
        }

        test("each redirect chooses its proxy anew, and no proxy gets the credentials of another") {
            TestProxy.start().use { first ->
                TestProxy.start().use { second ->
                    echo().use { direct ->
                        val session = session(
                            "http_proxy" to first.url("one:secret@"),
                            "https_proxy" to second.url("two:secret@"),
                            "no_proxy" to "localhost",
                        )
                        session.use {
                            it.text(direct.url("/to?http://nowhere.test/a")) shouldBe "proxied http://nowhere.test/a"
                            first.requests().single().headers()["Proxy-Authorization"] shouldBe
                                TestProxy.basic("one:secret")
                            runCatching { it.text(direct.url("/to?https://localhost.test:1/")) }
                            second.requests().single().headers()["Proxy-Authorization"] shouldBe
                                TestProxy.basic("two:secret")
                            first.requests().size shouldBe 1
                        }
                    }
                }
            }
        }

        test("a proxy of the session goes before that of the environment") {
            TestProxy.start().use { env ->
                TestProxy.start().use { own ->
                    SessionBuilder()
                        .environment(Environment(mapOf("http_proxy" to env.url(""))::get, nowhere))
                        .proxy(Proxy.of(own.url("")))
                        .build()
                        .use { it.text("http://nowhere.test/") }
                    env.requests().shouldBeEmpty()
                    own.requests().size shouldBe 1
                }
            }
        }

        test("the session's client of Ktor's goes by the same proxy") {
            TestProxy.start().use { proxy ->
                session("http_proxy" to proxy.url("")).use { session ->
                    session.httpClient.get("http://nowhere.test/").bodyAsText() shouldBe "proxied http://nowhere.test/"
                }
            }
        }

        test("the engine for Ktor's own client goes by the proxy of its configuration") {
            TestProxy.start().use { proxy ->
                HttpClient(Jawait) { engine { this.proxy = ProxyBuilder.http(proxy.url("")) } }.use { client ->
                    client.get("http://nowhere.test/").bodyAsText() shouldBe "proxied http://nowhere.test/"
                }
            }
        }

        test("a .netrc has the credentials of hosts for which neither the URL nor a header has any") {
            val home = tempdir().toPath()
            home.resolve(".netrc").writeText("machine localhost login me password secret")
            echo().use { server ->
                session(home = home).use { session ->
                    session.text(server.url("/")) shouldBe "/ ${TestProxy.basic("me:secret")}"
                    session.text("http://you:x@localhost:${server.port()}/") shouldBe "/ ${TestProxy.basic("you:x")}"
                    Async.run(session.get(server.url("/")).header("Authorization", "Bearer x").text()) shouldBe
                        "/ Bearer x"
                    session.text("http://127.0.0.1:${server.port()}/") shouldBe "/ null"
                }
                ClientSession.create().use { it.text(server.url("/")) shouldBe "/ null" }
            }
        }

        test("the file that NETRC names counts instead") {
            val file = tempfile().toPath()
            file.writeText("default login them password all")
            echo().use { server ->
                session("NETRC" to file.toString()).use {
                    it.text(server.url("/")) shouldBe "/ ${TestProxy.basic("them:all")}"
                }
                session("NETRC" to "/nowhere/netrc").use { it.text(server.url("/")) shouldBe "/ null" }
            }
        }

        test("a redirect takes them to the same origin and to no other") {
            val file = tempfile().toPath()
            file.writeText("default login them password all")
            echo().use { server ->
                echo().use { other ->
                    session("NETRC" to file.toString()).use {
                        it.text(server.url("/to?/same")) shouldBe "/same ${TestProxy.basic("them:all")}"
                        it.text(server.url("/to?${other.url("/other")}")) shouldBe "/other null"
                    }
                }
            }
        }
    })

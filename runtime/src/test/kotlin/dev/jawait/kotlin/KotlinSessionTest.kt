package dev.jawait.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientResponseException
import dev.jawait.http.ClientSession
import dev.jawait.http.ClientTimeoutException
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.TooManyRedirectsException
import dev.jawait.testing.ScriptedServer
import dev.jawait.testing.TestSite
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsText
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer
import java.time.Duration
import kotlin.io.path.readText
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** The suspend door to the session, on both engines, and the session as an engine of Ktor's. */
class KotlinSessionTest :
    FunSpec({
        extension(NothingLeftListener)

        lateinit var site: TestSite

        beforeSpec { site = TestSite() }
        afterSpec { site.close() }

        timeout = 30_000

        listOf("pooled", "CIO").forEach { name ->
            fun session(configure: ClientSession.Builder.() -> Unit = {}) = ClientSession {
                if (name == "CIO") engine(CIO)
                configure()
            }

            context(name) {
                test("a body receives the response") {
                    session().use { it.get(site.url("/hello")) { response -> response.status }.await() } shouldBe 200
                }

                test("a middleware suspends") {
                    val twice = clientMiddleware { request, next ->
                        delay(1)
                        val first = next.send(request).await()
                        next.send(request.withHeader("X-One", first.status.toString())).await()
                    }
                    session { middleware(twice) }.use { it.get(site.url("/echo")).text().await() } shouldContain
                        "X-one: [200]"
                }

                test("a flow is a body") {
                    val pieces = flow { repeat(3) { emit(ByteBuffer.wrap("piece $it ".encodeToByteArray())) } }
                    session().use {
                        it.post(site.url("/echo")).body(pieces.asRequestBody()).text().await()
                    } shouldContain "piece 0 piece 1 piece 2 "
                }

                test("a body is a flow of lines, or goes to a file") {
                    val file = tempdir().toPath().resolve("a")
                    session().use { session ->
                        session.get(site.url("/hello")) { it.body().lines().asFlow().toList() }.await() shouldBe
                            listOf("hello")
                        session.get(site.url("/hello")) { it.body().saveTo(file).await() }.await() shouldBe 5L
                    }
                    file.readText() shouldBe "hello"
                }

                test("JSON of an empty body is null where there is one") {
                    val empty = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
                    ScriptedServer.answering(empty).use { server ->
                        session().use { session ->
                            session.get(server.url("/")) { it.json<Map<*, *>?>() }.await() shouldBe null
                            shouldThrow<NullPointerException> {
                                session.get(server.url("/")) { it.json<Map<*, *>>() }.await()
                            }
                        }
                    }
                }

                test("gather runs requests at the same time, in any dispatcher") {
                    session().use { session ->
                        withContext(Dispatchers.Default) {
                            gather(List(20) { session.get(site.url("/large?$it")) { r -> r.text().await().length } })
                        } shouldContainExactly List(20) { it }
                    }
                }

                test("bodies, headers and parameters are sent") {
                    session { header("X-One", "1") }.use { session ->
                        val echoed = session.post(site.url("/echo")).param("a", "b c").body("x").text().await()
                        echoed shouldStartWith "POST /echo?a=b%20c"
                        echoed shouldContain "X-one: [1]"
                        echoed shouldContain "Content-type: [text/plain; charset=utf-8]"
                        echoed.substringAfter("\n\n") shouldBe "x"
                    }
                }

                test("cookies are kept, redirects followed, JSON is read") {
                    session().use { session ->
                        session.get(site.url("/cookie")).text().await() shouldBe "none"
                        session.get(site.url("/cookie")).text().await() shouldBe "visit=seen"
                        session.get(site.url("/redirect/302/2")) { it.history().size }.await() shouldBe 2
                        shouldThrow<TooManyRedirectsException> {
                            session.get(site.url("/redirect/302/5")).maxRedirects(3).text().await()
                        }
                        session.get(site.url("/json")).json<Map<String, Any>>().await() shouldBe
                            mapOf("name" to "x", "count" to 3)
                    }
                }

                test("statuses are answers, or errors on request") {
                    session().use { session ->
                        session.get(site.url("/status/500")) { it.status }.await() shouldBe 500
                        shouldThrow<ClientResponseException> {
                            session.get(site.url("/status/404")).raiseForStatus(true).text().await()
                        }.status() shouldBe 404
                        session.head(site.url("/hello")) { it.status }.await() shouldBe 200
                        session.get(site.url("/status/204")).text().await() shouldBe ""
                    }
                }

                test("a time limit of the request names itself") {
                    session().use { session ->
                        val late =
                            shouldThrow<ClientTimeoutException> {
                                session.get(site.url("/stall")).timeout(100.milliseconds).text().await()
                            }
                        late.limitName() shouldBe "total"
                        late.limit() shouldBe Duration.ofMillis(100)
                    }
                }

                test("a time limit around it is an ordinary error") {
                    session().use { session ->
                        shouldThrow<AsyncTimeoutException> {
                            withTimeout(100.milliseconds) { session.get(site.url("/stall")).text().await() }
                        }
                    }
                }

                test("cancelling the caller ends the request") {
                    session().use { session ->
                        runBlocking {
                            val call = launch { session.get(site.url("/stall")).text().await() }
                            while (session.connector().stats().inUse() == 0) sleep(5.milliseconds)
                            call.cancelAndJoin()
                        }
                        withTimeout(5.seconds) { while (session.connector().stats().inUse() > 0) sleep(5.milliseconds) }
                    }
                }

                test("a bad URL is an error of the request") {
                    session().use { session ->
                        shouldThrow<InvalidUrlException> { session.get("python://bad").text().await() }
                    }
                }

                test("a large body comes as a flow") {
                    session().use { session ->
                        session
                            .get(site.url("/large?1000000")) { response ->
                                var count = 0
                                response.body().asFlow().collect { count += it.remaining() }
                                count
                            }.await() shouldBe 1_000_000
                    }
                }
            }
        }

        test("session.httpClient shares the pool and the cookies of the session") {
            ClientSession().use { session ->
                session.get(site.url("/cookie")).text().await()
                session.httpClient.get(site.url("/cookie")).bodyAsText() shouldBe "visit=seen"
                repeat(5) { session.httpClient.get(site.url("/hello")).bodyAsText() shouldBe "hello" }
                session.connector().stats().opened() shouldBe 1
                (session.httpClient === session.httpClient) shouldBe true
            }
        }

        test("Jawait is an engine of Ktor's, with its plugins") {
            val client =
                HttpClient(Jawait) {
                    engine { limit = 5 }
                    install(HttpTimeout)
                }
            client.use {
                it.post(site.url("/echo")) { setBody("x") }.bodyAsText().substringAfter("\n\n") shouldBe "x"
                it.get(site.url("/large?1000000")).bodyAsText().length shouldBe 1_000_000
                it.get(site.url("/redirect/302/2")).bodyAsText() shouldStartWith "GET /echo"
            }
        }

        test("a thousand requests take at most a hundred connections") {
            TestSite().use { own ->
                ClientSession().use { session ->
                    gather(List(1000) { session.get(own.url("/hello")).text() }).toSet() shouldBe setOf("hello")
                    own.connections() shouldBeLessThanOrEqual 100
                }
            }
        }
    })

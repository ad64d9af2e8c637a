package dev.jawait.engines

import com.fasterxml.jackson.databind.ObjectMapper
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.Jawait
import dev.jawait.kotlin.NothingLeftListener
import dev.jawait.kotlin.await
import dev.jawait.kotlin.httpClient
import dev.jawait.testing.ScriptedConnection
import dev.jawait.testing.ScriptedServer
import dev.jawait.testing.Waiting
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.call.body
import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.auth.Auth
import io.ktor.client.plugins.auth.providers.BasicAuthCredentials
import io.ktor.client.plugins.auth.providers.BearerTokens
import io.ktor.client.plugins.auth.providers.basic
import io.ktor.client.plugins.auth.providers.bearer
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logger
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.http.content.ByteArrayContent
import io.ktor.http.content.ChannelWriterContent
import io.ktor.http.content.OutgoingContent
import io.ktor.http.contentType
import io.ktor.serialization.ContentConverter
import io.ktor.util.reflect.TypeInfo
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.charsets.Charset
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.toByteArray
import io.ktor.utils.io.writeFully
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import java.io.IOException
import java.util.concurrent.CopyOnWriteArrayList

/** Ktor's plugins over our engine: that of a session, and one of its own. */
class KtorPluginsTest :
    FunSpec({
        extension(NothingLeftListener)
        timeout = 30_000

        suspend fun <R> withClient(config: HttpClientConfig<*>.() -> Unit, block: suspend (HttpClient) -> R) {
            ClientSession().use { session -> session.httpClient.config(config).use { block(it) } }
            HttpClient(Jawait, config).use { block(it) }
        }

        suspend fun keeping(answer: (ScriptedConnection.Request) -> String, block: suspend (ScriptedServer) -> Unit) =
            ScriptedServer.start {
                while (true) it.send(answer(it.readRequest() ?: break))
            }.use { block(it) }

        suspend fun stalling(script: (ScriptedConnection) -> Unit, block: suspend (ScriptedServer) -> Unit) =
            ScriptedServer.start { script(it) }.use { block(it) }

        test("ContentNegotiation writes and reads JSON") {
            keeping({
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${it.body().size}\r\n\r\n${it.text()}"
            }) { server ->
                withClient({
                    install(ContentNegotiation) { register(ContentType.Application.Json, Jackson) }
                }) { client ->
                    val sent = mapOf("a" to listOf(1, 2))
                    client.post(server.url("/")) {
                        contentType(ContentType.Application.Json)
                        setBody(sent)
                    }.body<Map<String, List<Int>>>() shouldBe sent
                }
            }
        }

        test("Auth answers a basic challenge") {
            keeping({
                if ("Authorization" in it.headers()) {
                    ScriptedServer.ok(it.headers().getValue("Authorization"))
                } else {
                    "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n"
                }
            }) { server ->
                withClient({ install(Auth) { basic { credentials { BasicAuthCredentials("user", "pass") } } } }) {
                    it.get(server.url("/")).bodyAsText() shouldBe "Basic dXNlcjpwYXNz"
                }
            }
        }

        test("Auth refreshes a bearer token") {
            keeping({
                if (it.headers()["Authorization"] == "Bearer new") {
                    ScriptedServer.ok("in")
                } else {
                    "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n"
                }
            }) { server ->
                withClient({
                    install(Auth) {
                        bearer {
                            loadTokens { BearerTokens("old", "r") }
                            refreshTokens { BearerTokens("new", "r") }
                        }
                    }
                }) { it.get(server.url("/")).bodyAsText() shouldBe "in" }
            }
        }

        test("Logging sees requests and responses, bodies included") {
            keeping({ ScriptedServer.ok("answer ${it.text()}") }) { server ->
                val log = CopyOnWriteArrayList<String>()
                withClient({
                    install(Logging) {
                        level = LogLevel.ALL
                        logger = object : Logger {
                            override fun log(message: String) {
                                log.add(message)
                            }
                        }
                        sanitizeHeader { it == HttpHeaders.Authorization }
                    }
                }) { client ->
                    client.post(server.url("/")) {
                        headers.append(HttpHeaders.Authorization, "s3cret")
                        setBody("question")
                    }.bodyAsText() shouldBe "answer question"
                }
                log.joinToString() shouldContain "question"
                log.joinToString() shouldContain "answer question"
                log.joinToString() shouldNotContain "s3cret"
            }
        }

        test("HttpTimeout: the connect time-out covers TLS") {
            stalling({ it.awaitClose() }) { server ->
                withClient({ install(HttpTimeout) { connectTimeoutMillis = 100 } }) { client ->
                    val url = server.url("/").replace("http:", "https:")
                    shouldThrow<ConnectTimeoutException> { client.get(url) }
                    Waiting.until("closed") { server.openConnections() == 0 }
                }
            }
        }

        test("HttpTimeout: the connect time-out does not count the wait for a place in the pool") {
            Connector.builder().limit(1).build().use { connector ->
                stalling({
                    it.readHead()
                    Waiting.until("the other waits") { connector.stats().waiting() == 1 }
                    Thread.sleep(200) // Longer than the limit.
                    it.send(ScriptedServer.ok("first"))
                    it.readHead()
                    it.send(ScriptedServer.ok("second"))
                }) { server ->
                    ClientSession { connector(connector) }.use { session ->
                        val client = session.httpClient.config { install(HttpTimeout) { connectTimeoutMillis = 100 } }
                        client.use {
                            coroutineScope {
                                val bodies = List(2) { async { client.get(server.url("/")).bodyAsText() } }
                                bodies.awaitAll() shouldContainExactlyInAnyOrder listOf("first", "second")
                            }
                        }
                    }
                }
            }
        }

        test("a connection that is asked to close is not used again") {
            keeping({ ScriptedServer.ok(it.headers()["Connection"].orEmpty()) }) { server ->
                ClientSession().use { session ->
                    repeat(2) {
                        val response = session.httpClient.get(server.url("/")) {
                            header(HttpHeaders.Connection, "close")
                        }
                        response.bodyAsText() shouldBe "close"
                    }
                    server.connections() shouldBe 2
                }
            }
        }

        test("cookies of the jar and those that were set are one header") {
            val seen = CopyOnWriteArrayList<String>()
            keeping({ request ->
                seen += request.headers()["Cookie"].orEmpty()
                "HTTP/1.1 200 OK\r\nSet-Cookie: jar=1\r\nContent-Length: 0\r\n\r\n"
            }) { server ->
                ClientSession().use { session ->
                    repeat(2) { session.httpClient.get(server.url("/")) { header(HttpHeaders.Cookie, "mine=2") } }
                }
            }
            seen shouldBe listOf("mine=2", "mine=2; jar=1")
        }

        test("HttpTimeout: the socket time-out is silence, before the head and within the body") {
            stalling({
                val request = it.readHead()!!
                if (request.target() == "/body") it.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
                it.awaitClose()
            }) { server ->
                withClient({ install(HttpTimeout) { socketTimeoutMillis = 100 } }) { client ->
                    shouldThrow<SocketTimeoutException> { client.get(server.url("/head")) }
                    shouldThrow<IOException> { client.get(server.url("/body")).bodyAsText() }
                    Waiting.until("closed") { server.openConnections() == 0 }
                }
            }
        }

        test("HttpTimeout: the request time-out is for all of it, and set for one request") {
            stalling({
                it.readHead()
                it.awaitClose()
            }) { server ->
                withClient({ install(HttpTimeout) }) { client ->
                    shouldThrow<HttpRequestTimeoutException> {
                        client.get(server.url("/")) { timeout { requestTimeoutMillis = 100 } }
                    }
                    Waiting.until("closed") { server.openConnections() == 0 }
                }
            }
        }

        test("HttpRequestRetry repeats what was refused, and what failed") {
            var requests = 0
            ScriptedServer.start {
                it.readRequest()
                when (++requests % 3) {
                    1 -> it.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
                    2 -> it.reset()
                    else -> it.send(ScriptedServer.ok("third"))
                }
            }.use { server ->
                withClient({
                    install(HttpRequestRetry) {
                        retryOnExceptionOrServerErrors(maxRetries = 3)
                        delayMillis { 1 }
                    }
                }) { it.get(server.url("/")).bodyAsText() shouldBe "third" }
            }
        }

        test("a body is sent as it is written, and received as it is read") {
            keeping({ ScriptedServer.ok("${it.headers()["Transfer-Encoding"]} ${it.body().size}") }) { server ->
                withClient({}) { client ->
                    client.post(server.url("/")) {
                        setBody(ChannelWriterContent({ repeat(30) { writeFully(ByteArray(100_000)) } }, null))
                    }.bodyAsText() shouldBe "chunked 3000000"
                }
            }
            stalling({
                it.readHead()
                it.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nabc")
                it.awaitClose()
            }) { server ->
                withClient({}) { client ->
                    client.prepareGet(server.url("/")).execute {
                        it.bodyAsChannel().readAvailable(ByteArray(3)) shouldBe 3
                    }
                    Waiting.until("closed") { server.openConnections() == 0 }
                }
            }
        }

        test("redirects and errors are Ktor's own") {
            keeping({
                if (it.target() == "/from") {
                    "HTTP/1.1 302 Go\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n"
                } else {
                    ScriptedServer.ok(it.target())
                }
            }) { server ->
                withClient({}) {
                    it.get(server.url("/from")).bodyAsText() shouldBe "/to"
                    it.get(server.url("/to")).status shouldBe HttpStatusCode.OK
                }
            }
            val port = java.net.ServerSocket(0).use { it.localPort }
            withClient({}) { shouldThrow<IOException> { it.get("http://127.0.0.1:$port/") } }
        }

        test("the session's limits are its client's") {
            stalling({
                it.readHead()
                it.awaitClose()
            }) { server ->
                ClientSession {
                    timeout(
                        dev.jawait.http.ClientTimeout.builder().total(java.time.Duration.ofMillis(100)).build(),
                    )
                }.use { session ->
                    shouldThrow<HttpRequestTimeoutException> { session.httpClient.get(server.url("/")) }
                    session.connector().stats().inUse() shouldBe 0
                }
            }
        }
    })

/** JSON by Jackson, as one writes it where Ktor's own converter is not there. */
private object Jackson : ContentConverter {
    private val mapper = ObjectMapper()

    override suspend fun serialize(
        contentType: ContentType,
        charset: Charset,
        typeInfo: TypeInfo,
        value: Any?,
    ): OutgoingContent = ByteArrayContent(mapper.writeValueAsBytes(value), contentType)

    override suspend fun deserialize(charset: Charset, typeInfo: TypeInfo, content: ByteReadChannel): Any? =
        mapper.readValue(content.toByteArray(), typeInfo.type.java)
}

package dev.jawait.engines

import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.Proxy
import dev.jawait.http.WebSocket
import dev.jawait.http.WebSocketRequest
import dev.jawait.http.WsMessage
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.NothingLeftListener
import dev.jawait.kotlin.await
import dev.jawait.kotlin.connect
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.send
import dev.jawait.testing.NettyWebSockets
import dev.jawait.testing.TestCertificates
import dev.jawait.testing.TestProxy
import dev.jawait.testing.Waiting
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.routing.routing
import io.ktor.server.websocket.WebSockets
import io.ktor.server.websocket.webSocket
import io.ktor.websocket.CloseReason
import io.ktor.websocket.Frame
import io.ktor.websocket.WebSocketDeflateExtension
import io.ktor.websocket.close
import io.ktor.websocket.readBytes
import io.ktor.websocket.readText
import io.ktor.websocket.send
import kotlin.time.Duration.Companion.milliseconds

private val CERTIFICATES = TestCertificates.forHost("localhost")

private class Server(val url: String, private val stop: () -> Unit) : AutoCloseable {
    override fun close(): Unit = stop()
}

private fun netty(tls: Boolean): Server {
    val server = NettyWebSockets(if (tls) CERTIFICATES.serverContext() else null)
    return Server(server.url(), server::close)
}

/** Pings its clients all the time. */
private suspend fun ktor(): Server {
    val server = embeddedServer(CIO, port = 0, host = "127.0.0.1") {
        install(WebSockets) {
            pingPeriodMillis = 20.milliseconds.inWholeMilliseconds
            extensions { install(WebSocketDeflateExtension) }
        }
        routing {
            webSocket("/", "chat") {
                for (frame in incoming) {
                    when (frame) {
                        is Frame.Text if frame.readText() == "bye" -> close(CloseReason(4000, "bye"))
                        is Frame.Text -> send(frame.readText())
                        is Frame.Binary -> send(frame.readBytes())
                        else -> Unit
                    }
                }
            }
        }
    }.start(wait = false)
    val port = server.engine.resolvedConnectors().first().port
    return Server("ws://127.0.0.1:$port/") { server.stop(0, 1000) }
}

/** WebSockets against servers that nobody here wrote. */
class WebSocketServersTest :
    FunSpec({
        extension(NothingLeftListener)
        timeout = 60_000

        val servers = linkedMapOf<String, suspend () -> Server>(
            "Netty's" to { netty(tls = false) },
            "Netty's with TLS" to { netty(tls = true) },
            "Ktor's" to { ktor() },
        )

        suspend fun withSession(test: suspend (ClientSession) -> Unit) {
            Connector.builder().sslContext(CERTIFICATES.clientContext()).build().use { connector ->
                ClientSession { connector(connector) }.use { test(it) }
                Waiting.until("nothing in use") { connector.stats().inUse() == 0 }
            }
        }

        for ((name, start) in servers) {
            for (compress in listOf(false, true)) {
                test("$name, ${if (compress) "compressed" else "plain"}") {
                    start().use { server ->
                        withSession { session ->
                            exercise(
                                session.webSocket(server.url).protocols("other", "chat").compress(compress),
                                compress,
                            )
                        }
                    }
                }
            }

            test("$name, many at once") {
                start().use { server ->
                    withSession { session ->
                        val request = session.webSocket(server.url).protocols("chat")
                        gather(List(50) { i -> request.connect { it.echoed("text $i") } }) shouldBe
                            List(50) { "text $it" }
                    }
                }
            }

            test("$name, through a proxy") {
                start().use { server ->
                    TestProxy.start().use { proxy ->
                        withSession { session ->
                            session.webSocket(server.url).protocols("chat")
                                .handshake { it.proxy(Proxy.of(proxy.url(""))) }
                                .connect { it.echoed("through") }.await() shouldBe "through"
                        }
                        proxy.requests().map { it.method() } shouldBe listOf("CONNECT")
                    }
                }
            }
        }

        test("Ktor's closes with a code of its own") {
            ktor().use { server ->
                withSession { session ->
                    session.webSocket(server.url).protocols("chat").connect { webSocket ->
                        webSocket.send("bye")
                        webSocket.receive().await() shouldBe WsMessage.Close(4000, "bye")
                        webSocket.closeCode() shouldBe 4000
                    }.await()
                }
            }
        }
    })

private suspend fun WebSocket.echoed(text: String): String {
    send(text)
    return receiveText().await()
}

private suspend fun exercise(request: WebSocketRequest, compress: Boolean) {
    request.connect { webSocket ->
        webSocket.protocol() shouldBe "chat"
        webSocket.isCompressed shouldBe compress
        for (length in listOf(0, 1, 125, 126, 65_535, 65_536, 1_000_000)) {
            val text = "é23456789".repeat(length / 9 + 1).take(length)
            if (length > 0) webSocket.echoed(text) shouldBe text
            val bytes = ByteArray(length) { (it * 31).toByte() }
            if (length > 0) {
                webSocket.send(bytes)
                webSocket.receiveBytes().await().contentEquals(bytes) shouldBe true
            }
        }
        repeat(100) { webSocket.echoed("again and again") shouldBe "again and again" }
        webSocket.close().await() shouldBe true
        webSocket.closeCode() shouldBe 1000
    }.await()
}

package dev.jawait.kotlin

import dev.jawait.http.ClientSession
import dev.jawait.http.WebSocketHandshakeException
import dev.jawait.http.WsMessage
import dev.jawait.testing.RawWebSocket
import dev.jawait.testing.ScriptedServer
import dev.jawait.testing.Waiting
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** WebSockets as Kotlin's users have them. */
class KotlinWebSocketTest :
    FunSpec({
        extension(NothingLeftListener)
        timeout = 30_000

        fun talking(talk: (RawWebSocket) -> Unit) =
            ScriptedServer.start { connection -> talk(RawWebSocket.accept(connection)) }

        suspend fun <R> ScriptedServer.with(test: suspend (ClientSession, String) -> R): R = use { server ->
            ClientSession().use { session ->
                test(session, server.url("/")).also {
                    Waiting.until("nothing in use") { session.connector().stats().inUse() == 0 }
                }
            }
        }

        test("texts, bytes and JSON go both ways, under any dispatcher") {
            talking(RawWebSocket::echo).with { session, url ->
                withContext(Dispatchers.Default) {
                    session.webSocket(url) { webSocket ->
                        webSocket.send("text")
                        webSocket.receiveText().await() shouldBe "text"
                        webSocket.send(byteArrayOf(1, 2))
                        webSocket.receiveBytes().await() shouldBe byteArrayOf(1, 2)
                        webSocket.sendJson(mapOf("a" to 1)).await()
                        webSocket.receiveJson<Map<String, Int>>() shouldBe mapOf("a" to 1)
                    }.await()
                }
            }
        }

        test("messages are a flow up to the end") {
            talking { client ->
                listOf("a", "b", "c").forEach(client::text)
                client.close(1000)
                client.read()
            }.with { session, url ->
                session.webSocket(url) { webSocket ->
                    webSocket.asFlow().first() shouldBe WsMessage.Text("a")
                    webSocket.asFlow().map { (it as WsMessage.Text).text() }.toList() shouldBe listOf("b", "c")
                    webSocket.closeCode() shouldBe 1000
                }.await()
            }
        }

        test("a job that is cancelled closes what it has opened") {
            talking { client -> while (client.read() != null) Unit }.with { session, url ->
                withContext(Dispatchers.Default) {
                    val job = launch { session.webSocket(url) { it.receive().await() }.await() }
                    Waiting.until("it to wait") { dev.jawait.TaskTree.dump().contains("a message from") }
                    job.cancelAndJoin()
                    job.isCancelled shouldBe true
                }
            }
        }

        test("a job that is cancelled within the handshake frees its place") {
            ScriptedServer.start { connection ->
                connection.readRequest()
                connection.awaitClose()
            }.use { server ->
                ClientSession().use { session ->
                    withContext(Dispatchers.Default) {
                        val job = launch { session.webSocket(server.url("/")) { }.await() }
                        server.awaitRequests(1)
                        job.cancelAndJoin()
                    }
                    session.connector().stats().open() shouldBe 0
                }
            }
        }

        test("a refused handshake is an error") {
            ScriptedServer.answering(ScriptedServer.ok("no")).with { session, url ->
                shouldThrow<WebSocketHandshakeException> { session.webSocket(url) { }.await() }.status() shouldBe 200
            }
        }
    })

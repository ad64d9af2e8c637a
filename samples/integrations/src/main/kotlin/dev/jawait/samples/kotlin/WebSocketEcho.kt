package dev.jawait.samples.kotlin

import dev.jawait.http.WebSocketHandshakeException
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.connect
import dev.jawait.kotlin.send
import dev.jawait.kotlin.webSocket
import reactor.netty.http.server.HttpServer
import java.time.Duration

/** A WebSocket that sends texts, receives them back, and is closed by both sides; and a server that has none. */
suspend fun main() {
    val server = echoServer()
    try {
        ClientSession().use { session ->
            val url = "ws://127.0.0.1:${server.port()}"
            session.webSocket("$url/echo").heartbeat(Duration.ofSeconds(20)).connect { socket ->
                listOf("one", "two", "three").forEach { text ->
                    socket.send(text)
                    println("back came: ${socket.receive(Duration.ofSeconds(10)).await()}")
                }
                socket.close().await()
                println("closed with ${socket.closeCode()}")
            }.await()
            try {
                session.webSocket("$url/none") { it.receiveText().await() }.await()
            } catch (refused: WebSocketHandshakeException) {
                println("no WebSocket, but status ${refused.status()}")
            }
        }
    } finally {
        server.disposeNow()
    }
}

private fun echoServer() = HttpServer.create()
    .host("127.0.0.1")
    .port(0)
    .route { routes -> routes.ws("/echo") { input, output -> output.sendString(input.receive().asString()) } }
    .bindNow()

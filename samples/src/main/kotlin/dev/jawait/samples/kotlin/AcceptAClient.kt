package dev.jawait.samples.kotlin

import dev.jawait.kotlin.asyncResource
import dev.jawait.kotlin.await
import dev.jawait.kotlin.connect
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.use
import dev.jawait.net.SocketListener
import dev.jawait.net.Streams

/** S01: a resource of one's own that waits for a client, and is told how the body ended. */
suspend fun main() {
    for (form in listOf("ok", "fail")) serveOne(form)
}

private fun accepted(listener: SocketListener, form: String) = asyncResource(
    enter = {
        println("S01 $form enter")
        listener.accept().await().also { println("S01 $form accepted") }
    },
    exit = { stream, error ->
        println("S01 $form exit ${if (error == null) "None" else "ValueError"}")
        stream.close()
        println("S01 $form closed")
    },
)

private suspend fun serveOne(form: String) {
    val listener = Streams.listen("127.0.0.1", 0).await()
    val client =
        createTask {
            connect("127.0.0.1", listener.port()).also { it.sendAll("hello".encodeToByteArray()).await() }
        }
    try {
        accepted(listener, form).use { stream ->
            println("S01 $form received ${stream.recv(1024).await().decodeToString()}")
            require(form != "fail") { "body failed" }
        }
    } catch (error: IllegalArgumentException) {
        println("S01 $form caught ${error.message}")
    }
    client.await().close()
    listener.close()
}

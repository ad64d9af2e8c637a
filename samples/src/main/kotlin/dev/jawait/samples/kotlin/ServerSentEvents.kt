package dev.jawait.samples.kotlin

import com.sun.net.httpserver.HttpServer
import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientPayloadException
import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientTimeout
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.status
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.mapNotNull
import java.net.InetSocketAddress
import java.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** For ever, but not 45 seconds of silence: servers send a comment every 15. */
private val limits = ClientTimeout.builder().total(Duration.ZERO).sockRead(Duration.ofSeconds(45)).build()
private val pause = 50.milliseconds
private const val MAX_LINE_BYTES = 64 * 1024

private data class Event(val type: String, val data: String)

/** Consumes server-sent events; when the connection ends or breaks, it asks for those after the last one it has seen. */
suspend fun main() {
    val server = server()
    try {
        ClientSession { timeout(limits).raiseForStatus(true) }.use { session ->
            EventSource(session.get("http://127.0.0.1:${server.address.port}")).events().collect { event ->
                println("${event.type}: ${event.data.replace("\n", " / ")}")
            }
        }
        println("no more")
    } finally {
        server.stop(0)
    }
}

private class EventSource(request: ClientRequest) {
    private val request = request.header("Accept", "text/event-stream")
    private var lastId = ""
    private var isOver = false

    /** Ends when the server answers 204; with an error of 400 or more it throws that. */
    fun events(): Flow<Event> = flow {
        while (!isOver) {
            emitAll(eventsOfOneConnection().catch { if (!isBroken(it)) throw it })
            sleep(pause) // What was half there comes again, whole.
        }
    }

    private fun eventsOfOneConnection(): Flow<Event> = flow {
        val next = if (lastId.isEmpty()) request else request.header("Last-Event-ID", lastId)
        next.await().use { response ->
            isOver = response.status == 204
            val fields = mutableMapOf<String, String>()
            emitAll(response.body().lines(MAX_LINE_BYTES).asFlow().mapNotNull { accept(fields, it) })
        }
    }

    /** An empty line ends an event (HTML Living Standard, 9.2.6); comments are fields without a name. */
    private fun accept(fields: MutableMap<String, String>, line: String): Event? {
        if (line.isNotEmpty()) {
            val name = line.substringBefore(':')
            val value = line.substringAfter(':', "").removePrefix(" ")
            fields.merge(name, value) { old, next -> if (name == "data") "$old\n$next" else next }
            return null
        }
        lastId = fields["id"] ?: lastId
        val event = fields["data"]?.let { Event(fields["event"] ?: "message", it) }
        fields.clear()
        return event
    }

    private fun isBroken(error: Throwable) =
        error is ClientConnectionException || error is ClientPayloadException || error is AsyncTimeoutException
}

/** Two events and a half, then one more; both times the connection breaks. In the end, no content: that was all. */
private fun server(): HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
    val after =
        mapOf(
            "" to "event: price\ndata: tea 7\nid: 1\n\n: still here\n\ndata: two\ndata: lines\nid: 2\n\ndata: ha",
            "2" to "data: last\nid: 3\n\n",
        )
    createContext("/") { exchange ->
        val events = after[exchange.requestHeaders.getFirst("Last-Event-ID") ?: ""]
        exchange.sendResponseHeaders(if (events == null) 204 else 200, if (events == null) -1 else 1000)
        exchange.responseBody.write(events.orEmpty().encodeToByteArray())
        exchange.responseBody.flush()
        exchange.close()
    }
    start()
}

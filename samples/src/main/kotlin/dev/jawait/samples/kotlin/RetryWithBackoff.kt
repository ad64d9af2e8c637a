package dev.jawait.samples.kotlin

import com.sun.net.httpserver.HttpServer
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientResponseException
import dev.jawait.http.RequestInfo
import dev.jawait.http.RetryPolicy
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.kotlin.timeout
import java.net.InetSocketAddress
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

private val policy =
    RetryPolicy.builder()
        .attempts(4)
        .backoff(Duration.ofMillis(50), Duration.ofSeconds(2))
        .maxRetryAfter(Duration.ofSeconds(5))
        .build()

/** Notes why a request is sent again. It is called on an event loop, where printing could block. */
private class Retries : ClientListener {
    val notes = CopyOnWriteArrayList<String>()

    override fun retried(request: RequestInfo, cause: Throwable) {
        notes += if (cause is ClientResponseException) "again after ${cause.status()}" else "again"
    }
}

/** Sends a request up to four times: after a pause that doubles, or as long as the server's `Retry-After` says. */
suspend fun main() {
    val server = server()
    val retries = Retries()
    val service =
        ClientSession {
            baseUrl("http://127.0.0.1:${server.address.port}/")
            retry(policy)
            raiseForStatus(true)
            listener(retries)
        }
    try {
        service.use { session ->
            val start = TimeSource.Monotonic.markNow()
            val status = session.get("busy").timeout(20.seconds).receive { it.status }.await()
            println("${retries.notes}, then $status")
            println("waited for a second, as the server asked: ${start.elapsedNow() >= 1.seconds}")
            session.get("broken").timeout(20.seconds).text().await()
        }
    } catch (error: ClientResponseException) {
        println("gave up: ${error.status()}")
    } finally {
        server.stop(0)
    }
}

/** Asks to come back after a second, then is still too busy, then answers; all else is out of order. */
private fun server(): HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
    val statuses = listOf(503, 429, 204).iterator()
    createContext("/") { exchange ->
        val status = if (exchange.requestURI.path == "/busy") statuses.next() else 502
        if (status == 503) exchange.responseHeaders.add("Retry-After", "1")
        exchange.sendResponseHeaders(status, -1)
        exchange.close()
    }
    start()
}

package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.Coroutine
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.kotlin.withTimeout
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration

/** S21: a gateway has 10 units of 100 ms, its service 3, a critical call 2, an optional one 1: the tightest limit wins. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            for ((b, c) in listOf("0.2" to "0.2", "0.2" to "5", "5" to "0.2")) {
                val critical = call(session, server.url("/slow?units=$b"), 200.milliseconds)
                val optional = call(session, server.url("/slow?units=$c"), 100.milliseconds)
                println("S21 B $b C $c -> ${gateway(critical, optional)}")
            }
        }
    }
}

private suspend fun gateway(critical: Coroutine<Int>, optional: Coroutine<Int>): String {
    val start = TimeSource.Monotonic.markNow()
    return try {
        withTimeout(1.seconds) { withTimeout(300.milliseconds) { service(critical, optional) } }
    } catch (error: AsyncTimeoutException) {
        "timeout at ${start.elapsedNow().inWholeMilliseconds / 100}"
    }
}

private suspend fun service(critical: Coroutine<Int>, optional: Coroutine<Int>): String {
    val orNone =
        coroutine {
            try {
                optional.await()
            } catch (late: AsyncTimeoutException) {
                "None"
            }
        }
    return gather(listOf(critical, orNone), cancelOnFailure = true).joinToString(prefix = "(", postfix = ")")
}

private fun call(session: ClientSession, url: String, limit: Duration) =
    session.get(url).timeout(limit.toJavaDuration()).receive { it.status }

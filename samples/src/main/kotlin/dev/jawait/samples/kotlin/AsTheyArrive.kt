package dev.jawait.samples.kotlin

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asCompleted
import dev.jawait.kotlin.await
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer
import kotlin.time.TimeSource

/** S10: handles each of three answers, which take 1, 1 and 5 units of 100 ms, as soon as it is there. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val requests = listOf(1, 1, 5).map { units -> session.get(server.url("/slow?units=$units")) { it.status } }
            val start = TimeSource.Monotonic.markNow()
            asCompleted(requests).collect { done ->
                println("S10 ${done.result()} at ${start.elapsedNow().inWholeMilliseconds / 100}")
            }
        }
    }
}

package dev.jawait.samples.kotlin

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asCompleted
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** S11: handles answers as they arrive, for 2 units of 100 ms; then each of the rest is a time-out, and runs on. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val start = TimeSource.Monotonic.markNow()
            val urls = listOf(1, 4, 5).map { server.url("/slow?units=$it") }
            val tasks = urls.map { url -> createTask(session.get(url) { it.status }) }
            asCompleted(tasks, timeout = 200.milliseconds).collect { done ->
                val units = start.elapsedNow().inWholeMilliseconds / 100
                println("S11 ${if (done.outcome.isSuccess) done.result() else "timeout"} at $units")
            }
            println("S11 still running ${tasks.count { !it.isDone }}")
            println("S11 in the end ${gather(tasks)}")
        }
    }
}

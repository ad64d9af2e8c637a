package dev.jawait.samples.kotlin

import dev.jawait.ReturnWhen
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.waitUntil
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** S17: waits for three requests, for 2 units of 100 ms at most: nothing is thrown, and the late one runs on. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val start = TimeSource.Monotonic.markNow()
            val urls = listOf(0, 0, 5).map { server.url("/slow?units=$it") }
            val tasks = urls.map { url -> createTask(session.get(url) { it.status }) }
            val found = waitUntil(ReturnWhen.ALL_COMPLETED, tasks, timeout = 200.milliseconds)
            val units = start.elapsedNow().inWholeMilliseconds / 100
            val cancelled = found.pending.map { if (it.isCancelled) "True" else "False" }
            println("S17 done ${found.done.size} pending ${found.pending.size} at $units cancelled $cancelled")
            val ended = waitUntil(ReturnWhen.ALL_COMPLETED, found.pending)
            println("S17 pending ended with ${ended.done.map { it.result() }}")
        }
    }
}

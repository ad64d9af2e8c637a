package dev.jawait.samples.kotlin

import dev.jawait.ReturnWhen
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.waitUntil
import dev.jawait.samples.server.SampleServer
import kotlin.time.TimeSource

/** S14: waits for three requests until the first of them fails, then cancels the other two. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val start = TimeSource.Monotonic.markNow()
            val urls = listOf("gopher://nowhere", server.url("/slow?units=3"), server.url("/slow?units=3"))
            val tasks = urls.map { url -> createTask(session.get(url) { it.status }) }
            val found = waitUntil(ReturnWhen.FIRST_EXCEPTION, tasks)
            val units = start.elapsedNow().inWholeMilliseconds / 100
            println("S14 done ${found.done.size} pending ${found.pending.size} at $units")
            found.pending.forEach { it.cancel() }
            val ended = waitUntil(ReturnWhen.ALL_COMPLETED, found.pending)
            println("S14 cancelled ${ended.done.map { if (it.isCancelled) "True" else "False" }}")
        }
    }
}

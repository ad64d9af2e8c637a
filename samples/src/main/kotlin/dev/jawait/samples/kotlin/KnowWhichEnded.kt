package dev.jawait.samples.kotlin

import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asCompleted
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer

/** W3: that a result has arrived does not tell whose it is; each item of `asCompleted` has its task and index. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
            val pages = listOf("/slow?units=2", "/slow?units=3", "/slow?units=1")
            val tasks = pages.map { page -> createTask(page) { session.get(server.url(page)) { it.status }.await() } }
            asCompleted(tasks).collect { done ->
                println("W3 the result alone: ${done.result()}")
                println("W3 with its task: ${done.result()} of ${done.task.name()}, argument ${done.index}")
            }
        }
    }
}

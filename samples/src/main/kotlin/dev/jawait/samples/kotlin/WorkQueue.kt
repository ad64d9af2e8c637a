package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.taskGroup
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import dev.jawait.sync.AsyncQueue
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.onEach
import java.util.concurrent.ConcurrentSkipListMap
import kotlin.time.Duration.Companion.seconds

private const val WORKERS = 3

/** Three workers on one queue, which takes four jobs at most: whoever is faster than the workers waits. */
suspend fun main() {
    SampleServer().use { server ->
        val service =
            ClientSession {
                baseUrl(server.url("/"))
                raiseForStatus(true)
            }
        service.use { session -> println(process(session, 10)) }
    }
}

/** The group ends when the last worker has; a fault in one of them ends them all, and whoever waits to put. */
private suspend fun process(session: ClientSession, count: Int): Map<Int, String> {
    val jobs = AsyncQueue.create<Int>(4)
    val results = ConcurrentSkipListMap<Int, String>()
    taskGroup {
        repeat(WORKERS) { worker ->
            createTask("worker $worker") {
                jobs.asFlow().onEach { job -> results[job] = answer(session, job) }.collect()
            }
        }
        for (job in 1..count) jobs.put(job).await()
        jobs.shutdown() // No more jobs; those that are there are done.
    }
    return results
}

/** A job that fails is a result like any other; the worker goes on. */
private suspend fun answer(session: ClientSession, job: Int): String = try {
    session.get("slow?body=done&status=${if (job == 7) 500 else 200}").timeout(5.seconds).text().await()
} catch (_: ClientException) {
    "failed"
} catch (_: AsyncTimeoutException) {
    "failed"
}

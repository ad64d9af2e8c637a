package dev.jawait.samples.kotlin

import dev.jawait.Task
import dev.jawait.TaskGroupException
import dev.jawait.http.ClientResponse
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.kotlin.taskGroup
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

private val tooLong = 10.seconds.toJavaDuration()

/** S23: fetches 300 URLs at once, with limits, and cancels the rest when one answer shows that they cannot work. */
suspend fun main() {
    SampleServer().use { server ->
        Connector.builder().limit(50).build().use { connector ->
            ClientSession { connector(connector) }.use { session ->
                val urls = MutableList(300) { server.url("/slow?units=1") }
                urls[7] = server.url("/slow?status=404")
                fetchAll(session, urls)
                urls[20] = server.url("/slow?status=401")
                fetchAll(session, urls)
            }
        }
    }
}

private suspend fun fetchAll(session: ClientSession, urls: List<String>) {
    val tasks = mutableListOf<Task<Int>>()
    try {
        taskGroup { for (url in urls) tasks += createTask(session.get(url).timeout(tooLong).receive { check(it) }) }
        println("S23 ${tasks.size} answered, ${tasks.count { it.result() == 404 }} missing")
    } catch (error: TaskGroupException) {
        val few = tasks.count { it.outcome().isSuccess } < urls.size / 2
        println("S23 ${error.cause?.message}: fewer than half answered: $few, the rest is cancelled")
    }
}

/** That one page is missing says nothing of the others; that there is no access does. */
private fun check(response: ClientResponse): Int {
    check(response.status != 401) { "no access" }
    return response.status
}

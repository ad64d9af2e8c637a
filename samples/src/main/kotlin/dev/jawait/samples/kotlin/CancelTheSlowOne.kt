package dev.jawait.samples.kotlin

import dev.jawait.Coroutine
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.waitUntil
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds

/** S18: of two APIs one is slow, and is found among the pending tasks and cancelled; this is why a wait takes tasks alone. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession().use { session ->
            val answer = session.get(server.url("/slow")) { it.status }
            val apiA = createTask(answer)
            val apiB = createTask(session.get(server.url("/slow?units=5")) { it.status })
            apiA.await()
            val found = waitUntil(ReturnWhen.ALL_COMPLETED, listOf(apiA, apiB), timeout = 100.milliseconds)
            if (apiB in found.pending) {
                println("S18 API B too slow, cancelling")
                apiB.cancel()
            }
            waitUntil(ReturnWhen.ALL_COMPLETED, listOf(apiB))
            println("S18 A ${apiA.result()} B cancelled ${if (apiB.isCancelled) "True" else "False"}")
            try {
                waitUntil(ReturnWhen.ALL_COMPLETED, disguised(answer))
            } catch (error: IllegalArgumentException) {
                println("S18 wait refuses a coroutine")
            }
        }
    }
}

/** `waitUntil` of a list of coroutines does not compile; this is what it takes to get one past the compiler. */
@Suppress("UNCHECKED_CAST")
private fun disguised(coroutine: Coroutine<Int>) = listOf(coroutine) as List<Task<Int>>

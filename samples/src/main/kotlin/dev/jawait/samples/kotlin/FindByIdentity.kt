package dev.jawait.samples.kotlin

import dev.jawait.Coroutine
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.waitUntil
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

/** W5: a coroutine given to a wait would come back as a task that nobody knows, so it is refused; a task is found again. */
suspend fun main() {
    val quick = coroutine("quick") { delay(100.milliseconds) }
    val slow = coroutine("slow") { delay(500.milliseconds) }
    try {
        waitUntil(ReturnWhen.FIRST_COMPLETED, disguised(listOf(quick, slow)))
    } catch (error: IllegalArgumentException) {
        println("W5 coroutines are refused")
    }
    val first = createTask(quick)
    val second = createTask(slow)
    val found = waitUntil(ReturnWhen.FIRST_COMPLETED, listOf(first, second))
    println(
        "W5 tasks: the quick one is done: ${first in found.done}, the slow one is pending: ${second in found.pending}",
    )
    second.cancel()
}

/** A list of coroutines does not compile as one of tasks; this is what it takes to get it past the compiler. */
@Suppress("UNCHECKED_CAST")
private fun disguised(coroutines: List<Coroutine<Unit>>) = coroutines as List<Task<Unit>>

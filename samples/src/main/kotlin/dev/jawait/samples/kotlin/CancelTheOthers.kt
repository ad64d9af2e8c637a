package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.Coroutine
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.TaskGroupException
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.taskGroup
import dev.jawait.kotlin.waitUntil
import dev.jawait.kotlin.withTimeout
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** W1: gather lets the others run on when one fails; `cancelOnFailure` and task groups cancel them. */
suspend fun main() {
    tryOut("gather") { slow, failing -> gather(slow, failing) }
    tryOut("gather, cancelOnFailure") { slow, failing -> gather(listOf(slow, failing), cancelOnFailure = true) }
    tryOut("task group") { slow, failing ->
        taskGroup {
            createTask(slow)
            createTask(failing)
        }
    }
}

private suspend fun tryOut(name: String, both: suspend (Task<Unit>, Coroutine<Unit>) -> Unit) {
    val slow = createTask { delay(2.seconds) }
    val failing = coroutine { withTimeout(100.milliseconds) { delay(500.milliseconds) } }
    try {
        both(slow, failing)
    } catch (error: AsyncTimeoutException) {
        tell(name, slow)
    } catch (error: TaskGroupException) {
        tell(name, slow)
    }
    slow.cancel()
    waitUntil(ReturnWhen.ALL_COMPLETED, listOf(slow))
}

private fun tell(name: String, slow: Task<Unit>) {
    val state = if (slow.isCancelled) {
        "is cancelled"
    } else if (slow.isDone) {
        "has ended"
    } else {
        "runs on"
    }
    println("W1 $name: one has failed, the other $state")
}

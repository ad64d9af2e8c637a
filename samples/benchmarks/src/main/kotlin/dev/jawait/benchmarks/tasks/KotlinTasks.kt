package dev.jawait.benchmarks.tasks

import dev.jawait.Coroutine
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.kotlin.asCompleted
import dev.jawait.kotlin.await
import dev.jawait.kotlin.component1
import dev.jawait.kotlin.component2
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.taskGroup
import dev.jawait.kotlin.waitUntil
import dev.jawait.kotlin.withTimeout
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes

internal fun <T> onDefault(body: suspend CoroutineScope.() -> T): T = runBlocking(Dispatchers.Default, body)

/** Gives way once. */
private fun sleeping(number: Int): Coroutine<Int> = coroutine {
    sleep(Duration.ZERO)
    number
}

internal fun createEach(count: Int): Int = onDefault {
    var sum = 0
    repeat(count) { sum += createTask(sleeping(it)).await() }
    sum
}

internal fun gatherSleeping(count: Int): List<Int> = onDefault { gather(List(count, ::sleeping)) }

internal fun gatherYielding(count: Int): List<Int> = onDefault {
    gather(
        List(count) {
            coroutine {
                yield()
                it
            }
        },
    )
}

internal fun gatherLimited(count: Int): List<Int> = onDefault {
    gather(
        List(count) {
            coroutine {
                withTimeout(1.minutes) {
                    sleep(Duration.ZERO)
                }
                it
            }
        },
    )
}

internal fun collectAsCompleted(count: Int): Int = onDefault {
    var sum = 0
    asCompleted(List(count, ::sleeping)).collect { sum += it.result() }
    sum
}

internal fun waitLoop(count: Int): Int = onDefault {
    var sum = 0
    var tasks: Collection<Task<Int>> = List(count) { createTask(sleeping(it)) }
    while (tasks.isNotEmpty()) {
        val (done, pending) = waitUntil(ReturnWhen.FIRST_COMPLETED, tasks)
        done.forEach { sum += it.result() }
        tasks = pending
    }
    sum
}

internal fun waitForTaskGroup(count: Int): Int = onDefault {
    taskGroup {
        repeat(count) { createTask(sleeping(it)) }
        count
    }
}

internal fun cancelSleeping(count: Int): Int = onDefault {
    val waiting = List(count) { createTask { sleep(1.hours) } }
    sleep(Duration.ZERO)
    waiting.forEach { it.cancel() }
    waitUntil(ReturnWhen.ALL_COMPLETED, waiting).done().size
}

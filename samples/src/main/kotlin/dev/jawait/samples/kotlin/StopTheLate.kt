package dev.jawait.samples.kotlin

import dev.jawait.Async
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

/** W4: what is late runs on after a time-out, and who kept no tasks cannot stop it; `cancelPending` can. */
suspend fun main() {
    val delays = listOf(1, 4, 5).map { units -> coroutine { units.also { delay((100 * units).milliseconds) } } }
    val arrivals = Async.asCompleted(delays).timeout(200.milliseconds.toJavaDuration())
    arrivals.asFlow().collect { done -> println("W4 ${if (done.outcome.isSuccess) done.result() else "timeout"}") }
    val late = arrivals.pending()
    println("W4 after the time-out: ${late.size} run on")
    arrivals.cancelPending().await()
    val cancelled = late.count { it.isCancelled }
    println("W4 after cancelPending: ${arrivals.pending().size} run on, $cancelled are cancelled")
}

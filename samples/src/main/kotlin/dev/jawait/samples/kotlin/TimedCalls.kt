package dev.jawait.samples.kotlin

import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** S22: a wrapper around any coroutine that tells when it starts, with its name and arguments, and how long it took. */
suspend fun main() {
    createTask { }.await() // What a JVM does first is not to be timed.
    timedCall("delay(2)") { units(2) }
    timedCall("gather(delay(1), delay(3))") { gather(coroutine { units(1) }, coroutine { units(3) }) }
}

private suspend fun units(units: Int) = delay((100 * units).milliseconds)

/** `timed` does the same, to the log. */
private suspend fun <T> timedCall(call: String, body: suspend () -> T): T {
    println("S22 $call starts")
    val start = TimeSource.Monotonic.markNow()
    try {
        return body()
    } finally {
        println("S22 $call ended after ${start.elapsedNow().inWholeMilliseconds / 100}")
    }
}

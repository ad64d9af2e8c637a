package dev.jawait.samples.kotlin

import dev.jawait.kotlin.asCompleted
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** W2: gather shows nothing before all have ended; `asCompleted` hands out each result as it comes. */
suspend fun main() {
    val delays = listOf(5, 1, 3).map { units -> coroutine { units.also { delay((100 * units).milliseconds) } } }
    gather(coroutine { }) // What a JVM does first is not to be timed.
    val start = TimeSource.Monotonic.markNow()
    println("W2 gather: ${gather(delays)} at ${unitsSince(start)}")
    val again = TimeSource.Monotonic.markNow()
    asCompleted(delays).collect { done -> println("W2 asCompleted: ${done.result()} at ${unitsSince(again)}") }
}

private fun unitsSince(start: TimeMark) = start.elapsedNow().inWholeMilliseconds / 100

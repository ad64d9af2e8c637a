package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.Runner
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gatherOutcomes
import dev.jawait.kotlin.sleep
import dev.jawait.kotlin.time
import dev.jawait.kotlin.withTimeout
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlin.time.toJavaDuration

/** What is tested: asks every minute, for an hour at most, whether a parcel has come; returns how long that took. */
private suspend fun parcel(hasCome: () -> Boolean): Duration = withTimeout(1.hours) {
    val start = time()
    while (!hasCome()) sleep(1.minutes)
    time() - start
}

/** Tests code that waits for minutes within milliseconds: on virtual time the clock jumps to what is waited for next. */
suspend fun main() {
    val start = TimeSource.Monotonic.markNow()
    findsTheParcelAtTheNextFullMinute()
    givesUpAfterAnHour()
    println("in less than a minute: ${start.elapsedNow() < 1.minutes}")
}

private suspend fun findsTheParcelAtTheNextFullMinute() = onVirtualTime {
    println("found after ${parcel { time() >= 150.seconds }.toJavaDuration()}")
}

private suspend fun givesUpAfterAnHour() = onVirtualTime {
    val end = gatherOutcomes(coroutine { parcel { false } }).single()
    println("gave up: ${end.exceptionOrNull() is AsyncTimeoutException}")
}

/** Each test has a clock of its own. A test that may block, as JUnit's do, calls `runner.run`. */
private suspend fun onVirtualTime(test: suspend () -> Unit) = Runner.builder().virtualTime().build().use { runner ->
    runner.start(coroutine(body = test)).await()
}

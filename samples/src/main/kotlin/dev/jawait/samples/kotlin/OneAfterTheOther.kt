package dev.jawait.samples.kotlin

import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** S04: the classic mistake, to await each task as soon as it is created: 9 units of 100 ms for three times 3. */
suspend fun main() {
    createTask { }.await() // What a JVM does first is not to be timed.
    val start = TimeSource.Monotonic.markNow()
    repeat(3) { createTask { delay(300.milliseconds) }.await() }
    println("S04 awaited at once ${start.elapsedNow().inWholeMilliseconds / 100}")
}

package dev.jawait.samples.kotlin

import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** S05: creates all three tasks before it awaits the first one: 3 units of 100 ms for three times 3. */
suspend fun main() {
    createTask { }.await() // What a JVM does first is not to be timed.
    val start = TimeSource.Monotonic.markNow()
    val tasks = List(3) { createTask { delay(300.milliseconds) } }
    tasks.forEach { it.await() }
    println("S05 created, then awaited ${start.elapsedNow().inWholeMilliseconds / 100}")
}

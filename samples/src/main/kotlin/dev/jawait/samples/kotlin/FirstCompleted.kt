package dev.jawait.samples.kotlin

import dev.jawait.ReturnWhen
import dev.jawait.kotlin.component1
import dev.jawait.kotlin.component2
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.waitUntil
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

/** S15: waits until the first of three tasks has ended; the others are pending, and run on. */
suspend fun main() {
    val tasks = listOf(1, 3, 5).map { units -> createTask { units.also { delay((100 * units).milliseconds) } } }
    val (done, pending) = waitUntil(ReturnWhen.FIRST_COMPLETED, tasks)
    println("S15 done ${done.map { it.result() }} pending ${pending.size}")
    waitUntil(ReturnWhen.ALL_COMPLETED, pending)
}

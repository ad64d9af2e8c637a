package dev.jawait.samples.kotlin

import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.waitUntil
import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

/** S16: waits for the first that ends, again and again until nothing is pending: each result is handled as it comes. */
suspend fun main() {
    var pending: Collection<Task<Int>> =
        listOf(1, 3, 5).map { units -> createTask { units.also { delay((100 * units).milliseconds) } } }
    while (pending.isNotEmpty()) {
        val found = waitUntil(ReturnWhen.FIRST_COMPLETED, pending)
        pending = found.pending
        println("S16 done ${found.done.map { it.result() }} pending ${pending.size}")
    }
}

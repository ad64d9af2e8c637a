package dev.jawait.samples.kotlin

import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import kotlinx.coroutines.delay
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** S07: gather results in the order of its arguments, whichever of them finished first. */
suspend fun main() {
    val finished = CopyOnWriteArrayList<String>()

    fun worker(name: String, time: Duration) = coroutine {
        delay(time)
        finished += name
        name
    }

    val results = gather(worker("'a'", 200.milliseconds), worker("'b'", 100.milliseconds))
    println("S07 results $results finished $finished")
}

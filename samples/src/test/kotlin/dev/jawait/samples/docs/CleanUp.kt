package dev.jawait.samples.docs

import dev.jawait.CancelledException
import dev.jawait.kotlin.await
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.sleep
import dev.jawait.sync.Event
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds

suspend fun main() {
    val begun = Event.create()
    val task = createTask {
        try {
            begun.set()
            sleep(1.days)
        } finally {
            sleep(10.milliseconds) // Cleaning up may await; delay would need NonCancellable.
            println("cleaned up")
        }
    }
    begun.waitFor().await()
    task.cancel("not needed any more")
    try {
        task.await()
    } catch (e: CancelledException) {
        println("cancelled: ${e.message}")
    }
}

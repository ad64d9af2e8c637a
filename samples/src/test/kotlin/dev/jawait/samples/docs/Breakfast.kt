package dev.jawait.samples.docs

import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.createTask
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.sleep
import kotlin.time.Duration.Companion.milliseconds

suspend fun make(what: String): String {
    sleep(100.milliseconds)
    return what
}

suspend fun main() {
    println(make("tea")) // A suspend function runs here and now, and the caller waits.
    val egg = createTask { make("egg") } // A task runs from now on, beside the caller.
    val toast = coroutine { make("toast") } // Nothing runs yet: a coroutine is a recipe.
    println(gather(toast, egg)) // Both, side by side; in this order.
}

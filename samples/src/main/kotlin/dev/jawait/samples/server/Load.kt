package dev.jawait.samples.server

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

/** Counts how many requests there are at once, and over how many connections they come. */
internal class Load {
    private val ports = mutableSetOf<Int>()
    private var now = 0
    private var gathered = CompletableDeferred<Unit>()

    @get:Synchronized
    var mostAtOnce = 0
        private set

    val connections: Int
        @Synchronized get() = ports.size

    @Synchronized
    fun enter(clientPort: Int) {
        ports += clientPort
        now++
        mostAtOnce = maxOf(mostAtOnce, now)
    }

    /** Waits until [together] requests are there at once, but not for ever; once they were, nobody waits any more. */
    suspend fun awaitOthers(together: Int) {
        val gate = gate(together)
        withTimeoutOrNull(5.seconds) { gate.await() }
        gate.complete(Unit)
    }

    @Synchronized
    private fun gate(together: Int) = gathered.also { if (now >= together) it.complete(Unit) }

    @Synchronized
    fun leave() {
        now--
    }

    @Synchronized
    fun reset() {
        ports.clear()
        mostAtOnce = now
        gathered = CompletableDeferred()
    }
}

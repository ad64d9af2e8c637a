package dev.jawait.runtime.tasks

import java.util.concurrent.CountDownLatch
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * What a body that blocks does before its first await, where whoever starts it waits for that. It runs on the body's own
 * thread, and in a confined runner in the turn of its creator.
 */
internal class FirstPiece {
    private val over = CountDownLatch(1)
    private var paused = false
    private var result: Result<Any?>? = null

    /** The body awaits for the first time; nothing if it has ended. */
    fun pause() {
        synchronized(this) { paused = true }
        over.countDown()
    }

    /** The body has ended; true if its creator takes the [result] at once. */
    fun end(result: Result<Any?>): Boolean = synchronized(this) {
        if (!paused) this.result = result
        !paused
    }

    /** Waits for the body to pause or to end; what it ended with, or `COROUTINE_SUSPENDED`. */
    fun await(): Any? {
        over.awaitUninterruptibly()
        val ended = synchronized(this) { result } ?: return COROUTINE_SUSPENDED
        return ended.getOrThrow()
    }
}

/** Waits although the thread is interrupted; the interrupt stays for later. */
internal fun CountDownLatch.awaitUninterruptibly() {
    var interrupted = false
    while (true) {
        try {
            await()
            break
        } catch (_: InterruptedException) {
            interrupted = true
        }
    }
    if (interrupted) Thread.currentThread().interrupt()
}

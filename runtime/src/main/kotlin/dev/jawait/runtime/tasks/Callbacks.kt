package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop
import org.slf4j.LoggerFactory
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.concurrent.TimeUnit

/**
 * Runs users' callbacks, which may block, in the order they come, on no more [threads] than keep up: a thread that is at it
 * takes the next one, too, so that none need be woken up for it. Where one has waited for a millisecond, as many more threads
 * join in as there are: a callback may wait for another one, however many do.
 *
 * @param later runs what it is given in a millisecond
 */
internal class Callbacks(
    private val threads: Executor,
    private val later: Executor = LATER,
    private val nanoTime: () -> Long = System::nanoTime,
) : Executor {
    // Guarded by this, all of them.
    private val waiting = ArrayDeque<Runnable>()
    private var workers = 0

    /** How many have been begun, and when the last one was. */
    private var begun = 0L
    private var lastBegun = 0L
    private var watched = false

    override fun execute(callback: Runnable) {
        synchronized(this) { waiting.addLast(callback) }
        Loop.wake(::lookAfter)
    }

    private fun lookAfter() {
        val isWorkedOn =
            synchronized(this) {
                if (waiting.isEmpty()) return
                val keepsUp = workers > 0 && nanoTime() - lastBegun < PATIENCE_NANOS
                if (keepsUp && watched) return
                if (keepsUp) watched = true else join(1)
                keepsUp
            }
        if (isWorkedOn) checkLater() else threads.execute(::work)
    }

    private fun join(count: Int) {
        workers += count
        lastBegun = nanoTime()
    }

    private fun checkLater() {
        val last = synchronized(this) { begun + waiting.size }
        later.execute { check(last) }
    }

    /** More threads join in if callback number [last], which waited a while ago, still does. */
    private fun check(last: Long) {
        val more =
            synchronized(this) {
                watched = waiting.isNotEmpty()
                if (!watched) return
                if (begun < last) minOf(waiting.size, workers).also(::join) else 0
            }
        repeat(more) { threads.execute(::work) }
        checkLater()
    }

    private fun work() {
        while (true) run(next() ?: return)
    }

    private fun next(): Runnable? = synchronized(this) {
        val callback = waiting.removeFirstOrNull()
        if (callback == null) {
            workers--
        } else {
            begun++
            lastBegun = nanoTime()
        }
        callback
    }

    private fun run(callback: Runnable) {
        try {
            callback.run()
        } catch (error: Throwable) {
            LOG.error("A callback failed", error)
        } finally {
            // Whoever was to be interrupted has ended.
            Thread.interrupted()
        }
    }

    private companion object {
        private const val PATIENCE_NANOS = 1_000_000L
        private val LATER = CompletableFuture.delayedExecutor(PATIENCE_NANOS, TimeUnit.NANOSECONDS, Runnable::run)
        private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    }
}

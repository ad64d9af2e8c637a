package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome
import java.util.concurrent.ExecutionException
import java.util.concurrent.Future

/**
 * Blocking code as a promise. Cancelled, it is interrupted and left alone: who waited does not wait for code that does not
 * hear.
 */
internal class Abandonable<T>(private val code: () -> T) :
    Promise<T>(),
    Runnable {
    /** Who runs it. Guarded by this. */
    private var thread: Thread? = null
    private val surroundings = Snapshot.take()

    override fun toString(): String = "code on thread ${synchronized(this) { thread }?.name}"

    override fun run() {
        synchronized(this) {
            if (ended != null) return
            thread = Thread.currentThread()
        }
        val result = runCatching { surroundings.around(code) }
        synchronized(this) {
            thread = null
            // An interrupt that was meant for this code ends with it.
            Thread.interrupted()
        }
        end(result.fold({ Outcome.Success(it) }, ::failureOf))
    }

    override fun cancel(message: String?): Boolean {
        if (!super.cancel(message)) return false
        synchronized(this) { thread?.interrupt() }
        return true
    }
}

/** Runs [code] on a thread of its own, outside of this task. */
internal suspend fun <T> TaskImpl<*>.onThread(code: () -> T): T {
    val running = Abandonable(code)
    runner.threads.execute(running)
    return awaitPromise(running)
}

/** Waits on a thread for [future]; a cancel cancels it. */
internal suspend fun <T> TaskImpl<*>.awaitFuture(future: Future<out T>): T = try {
    onThread { future.getUnwrapped() }
} catch (cancelled: CancelledException) {
    future.cancel(true)
    throw cancelled
}

private fun <T> Future<out T>.getUnwrapped(): T = try {
    get()
} catch (error: ExecutionException) {
    throw error.cause ?: error
}

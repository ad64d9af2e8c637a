package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl

/** How much was written and is not with the system, and who waits for that to become less: asyncio's flow control. */
internal class Outgoing(private val where: String) {
    // Guarded by this, all of them.
    private var submitted = 0L
    private var sent = 0L
    private var isHigh = false
    private var failure: (() -> Throwable)? = null
    private var ended = false
    private var waiters = ArrayList<Sent>()

    /** Whether something that was written is not with the system. */
    @get:Synchronized
    val isPending: Boolean get() = sent < submitted

    /** Takes note of [bytes] that are about to be written, which are the last ones so far; returns their end. */
    @Synchronized
    fun submit(bytes: Int): Long {
        failure?.let { throw it() }
        check(!ended) { "writeEof() was called on the stream $where" }
        submitted += bytes
        if (submitted - sent > HIGH) isHigh = true
        return submitted
    }

    /** Nothing more is to be written. */
    @Synchronized
    fun end() {
        submit(0)
        ended = true
    }

    /** [bytes] more are with the system. */
    fun sent(bytes: Int) {
        val free =
            synchronized(this) {
                sent += bytes
                if (submitted - sent <= LOW) isHigh = false
                takeWaiters { it.end <= sent }
            }
        free.forEach { it.end(Outcome.Success(Unit)) }
    }

    /** Nothing more can be written, and who waits is told; the first reason counts. */
    fun fail(error: () -> Throwable) {
        val told =
            synchronized(this) {
                if (failure != null) return
                failure = error
                takeWaiters { true }
            }
        told.forEach { it.end(Outcome.Failure(error())) }
    }

    private fun takeWaiters(which: (Sent) -> Boolean): List<Sent> {
        val (taken, left) = waiters.partition(which)
        waiters = ArrayList(left)
        return taken
    }

    /** Waits, if much is waiting, until little of what was written before is. */
    suspend fun drain(task: TaskImpl<*>) {
        val low =
            synchronized(this) {
                failure?.let { throw it() }
                if (!isHigh) return
                submitted - LOW
            }
        awaitSent(task, low)
    }

    /** Waits until all up to [end] is with the system. */
    suspend fun awaitSent(task: TaskImpl<*>, end: Long) {
        val waiter =
            synchronized(this) {
                if (end <= sent) return
                failure?.let { throw it() }
                Sent(end).also(waiters::add)
            }
        try {
            task.awaitPromise(waiter)
        } finally {
            synchronized(this) { waiters.remove(waiter) }
        }
    }

    private inner class Sent(val end: Long) : Promise<Unit>() {
        override fun toString() = "output to the stream $where"
    }

    private companion object {
        const val HIGH = 64 * 1024
        const val LOW = 16 * 1024
    }
}

package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf

/**
 * What has come and was not read. Nothing more is received while it is more than twice the [limit], unless somebody waits
 * for more, until it is within the limit again: asyncio's StreamReader.
 *
 * @param readOn goes on receiving
 */
internal class Incoming(val limit: Int, private val where: String, private val readOn: () -> Unit) {
    // Guarded by this, all of them.
    private val bytes = ByteQueue()
    private var ended = false
    private var failure: (() -> Throwable)? = null
    private var more: Promise<Unit>? = null
    private var busy = false
    private var paused = false

    @get:Synchronized
    val wantsMore: Boolean get() = !paused && !isOver()

    @get:Synchronized
    val isAtEnd: Boolean get() = ended && bytes.size == 0

    /** How many bytes have come and were not read. */
    @get:Synchronized
    val size: Int get() = bytes.size

    private fun isOver() = ended || failure != null

    // ---- from the socket

    fun add(data: ByteBuf): Unit = change {
        if (isOver()) return@change
        bytes.append(data)
        paused = bytes.size > 2L * limit
    }

    fun end(): Unit = change { if (!isOver()) ended = true }

    /** Nothing more will come; what has can still be read. */
    fun fail(error: () -> Throwable): Unit = change { if (!isOver()) failure = error }

    private inline fun change(change: () -> Unit) {
        val waiting =
            synchronized(this) {
                change()
                more.also { more = null }
            }
        waiting?.end(Outcome.Success(Unit))
    }

    /** Nobody got what a reader has taken. */
    fun putBack(taken: ByteArray): Unit = change { bytes.putBack(taken) }

    /** Takes out what has come, for somebody else than a reader. */
    fun surrender(): ByteArray = synchronized(this) { bytes.takeAll() }

    // ---- to a reader

    /** Waits until [attempt], which is told whether the end has come, takes something. */
    suspend fun <R : Any> read(task: TaskImpl<*>, attempt: Attempt<R>): R {
        begin()
        try {
            while (true) {
                val next = synchronized(this) { bytes.attempt(ended)?.let { return it } ?: nextChange() }
                resume(isWaiting = true)
                task.awaitPromise(next)
            }
        } finally {
            finish()
        }
    }

    private fun nextChange(): Promise<Unit> {
        failure?.let { throw it() }
        return More().also { more = it }
    }

    private fun resume(isWaiting: Boolean) {
        synchronized(this) {
            if (!paused || isOver() || !(isWaiting || bytes.size <= limit)) return
            paused = false
        }
        readOn()
    }

    /** Keeps others from reading until [finish]. */
    @Synchronized
    fun begin() {
        check(!busy) { "Another task reads from the stream $where: one at a time may" }
        busy = true
    }

    fun finish() {
        synchronized(this) {
            busy = false
            more = null
        }
        resume(isWaiting = false)
    }

    private inner class More : Promise<Unit>() {
        override fun toString() = "input from the stream $where"
    }
}

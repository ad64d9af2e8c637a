package dev.jawait.runtime.session

import dev.jawait.http.ClientException
import dev.jawait.http.RequestInfo
import dev.jawait.runtime.streams.Attempt
import dev.jawait.runtime.streams.ByteQueue
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf
import io.netty.buffer.Unpooled

/** The body of the response to [request] for its readers, one at a time: in pieces as they come, or as they want it. */
internal class BodyReader(
    private val source: BodySource,
    private val exchange: HopExchange,
    private val request: RequestInfo,
) {
    // Guarded by this, all of them.
    private val kept = ByteQueue()
    private var ended = false
    private var failure: ClientException? = null
    private var closed = false
    private var busy = false

    /** Waits until [attempt] takes something. */
    suspend fun <R : Any> read(task: TaskImpl<*>, attempt: Attempt<R>): R {
        begin()
        try {
            while (true) {
                take(attempt)?.let { return it }
                fromSource(task)?.let(::keep)
            }
        } finally {
            finish()
        }
    }

    @Synchronized
    private fun <R> take(attempt: Attempt<R>): R? {
        checkReadable()
        return kept.attempt(ended)
    }

    private fun keep(piece: ByteBuf) {
        synchronized(this) { kept.append(piece) }
        piece.release()
    }

    /** Nobody got what a reader has taken. */
    fun putBack(taken: ByteArray): Unit = synchronized(this) { kept.putBack(taken) }

    /** Keeps other readers away while [action] reads [next] and next. */
    inline fun <R> alone(action: () -> R): R {
        begin()
        try {
            return action()
        } finally {
            finish()
        }
    }

    @Synchronized
    fun begin() {
        if (busy) checkReadable()
        check(!busy) { "Another task reads the body of ${request.method()} ${request.url()}: one at a time may" }
        busy = true
    }

    @Synchronized
    fun finish() {
        busy = false
    }

    /** The next piece, to be released by the caller, or null at the end. For use within [alone]. */
    suspend fun next(task: TaskImpl<*>): ByteBuf? = takeKept() ?: if (ended) null else fromSource(task)

    @Synchronized
    fun takeKept(): ByteBuf? {
        checkReadable()
        return if (kept.size == 0) null else Unpooled.wrappedBuffer(kept.takeAll())
    }

    private fun checkReadable() {
        failure?.let { throw it }
        if (closed) throw closedUnread()
    }

    /** After an error nothing of the connection can be trusted. */
    private suspend fun fromSource(task: TaskImpl<*>): ByteBuf? = try {
        source.read(task).also { if (it == null) synchronized(this) { ended = true } }
    } catch (error: ClientException) {
        synchronized(this) { if (!closed) failure = error }
        source.close()
        exchange.abandon()
        throw error
    }

    /** Nobody reads on; what was not read cannot be read any more. */
    fun close() {
        synchronized(this) {
            if (kept.size > 0 || !ended) closed = true
            kept.clear()
        }
        source.close()
    }
}

package dev.jawait.runtime.session

import dev.jawait.Outcome
import dev.jawait.http.WsMessage
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl

/**
 * Messages that have come and were not received. Nothing more is read while they are [enough] bytes or more.
 *
 * @param where for dumps and errors
 * @param readOn goes on reading
 */
internal class WebSocketInbox(private val enough: Int, private val where: String, private val readOn: () -> Unit) {
    // Guarded by this, all of them.
    private val messages = ArrayDeque<WsMessage>()
    private var bytes = 0L
    private var failure: Throwable? = null
    private var ended = false
    private var discarded = false
    private var paused = false
    private var busy = false
    private var more: Promise<Unit>? = null

    /** Whether there is room; if not, [readOn] is called once there is. */
    @Synchronized
    fun wantsMore(): Boolean {
        paused = isFull()
        return !paused
    }

    private fun isFull() = !ended && bytes >= enough

    fun add(message: WsMessage): Unit = change {
        if (ended) return@change
        messages.addLast(message)
        bytes += cost(message)
    }

    /** Nobody got what a receiver has taken. */
    fun putBack(message: WsMessage): Unit = change {
        if (discarded || message is WsMessage.Closed) return@change
        messages.addFirst(message)
        bytes += cost(message)
    }

    /** Nothing more comes: after what is there, [error] is told, once. */
    fun fail(error: Throwable): Unit = change {
        if (!ended) failure = error
        ended = true
    }

    /** Nothing more comes. */
    fun end(): Unit = change { ended = true }

    /** Nothing more comes, and nobody wants what is there. */
    fun discard(): Unit = change {
        ended = true
        discarded = true
        failure = null
        messages.clear()
        bytes = 0
    }

    private inline fun change(change: () -> Unit) {
        val waiting =
            synchronized(this) {
                change()
                more.also { more = null }
            }
        waiting?.end(Outcome.Success(Unit))
        resume()
    }

    private fun resume() {
        synchronized(this) {
            if (!paused || isFull()) return
            paused = false
        }
        readOn()
    }

    /** Keeps other receivers away while [action] calls [next]. */
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
        check(!busy) { "Another task receives from $where: one at a time may" }
        busy = true
    }

    @Synchronized
    fun finish() {
        busy = false
        more = null
    }

    /** The next message; [WsMessage.Closed] at the end, again and again. For use within [alone]. */
    suspend fun next(task: TaskImpl<*>): WsMessage {
        while (true) {
            val change = synchronized(this) { if (isThere()) null else More().also { more = it } }
            change?.let { task.awaitPromise(it) }
            val message = synchronized(this) { poll() }
            if (message != null) return message.also { resume() }
        }
    }

    private fun isThere() = messages.isNotEmpty() || ended

    private fun poll(): WsMessage? {
        messages.removeFirstOrNull()?.let { return it.also { bytes -= cost(it) } }
        failure?.let {
            failure = null
            throw it
        }
        return if (ended) CLOSED else null
    }

    /** Has who waits fail with [error]. */
    fun interrupt(error: Throwable) {
        synchronized(this) { more.also { more = null } }?.end(Outcome.Failure(error))
    }

    private inner class More : Promise<Unit>() {
        override fun toString() = "a message from $where"
    }

    private companion object {
        private val CLOSED = WsMessage.Closed()

        /** What a message takes beside its bytes: there may be many small ones. */
        private const val OVERHEAD = 64

        private fun cost(message: WsMessage): Int = OVERHEAD + when (message) {
            is WsMessage.Text -> message.text().length
            is WsMessage.Binary -> message.data().size
            is WsMessage.Ping -> message.data().size
            is WsMessage.Pong -> message.data().size
            is WsMessage.Close, is WsMessage.Closed -> 0
        }
    }
}

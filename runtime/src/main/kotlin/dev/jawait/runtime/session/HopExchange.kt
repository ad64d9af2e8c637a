package dev.jawait.runtime.session

import dev.jawait.CancelledException
import dev.jawait.Outcome
import dev.jawait.runtime.loop.Timer
import dev.jawait.runtime.tasks.CompletionQueue
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.failureOf
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Upgraded
import dev.jawait.runtime.transport.WireResponse
import io.netty.buffer.ByteBuf
import org.slf4j.LoggerFactory

/**
 * One exchange as a promise of its head, and then its body, piece by piece.
 *
 * @param onUpgrade what becomes of the connection, if the exchange is to open a WebSocket
 */
internal class HopExchange(private val onUpgrade: ((WireResponse, Upgraded) -> WebSocketLink?)? = null) :
    Promise<WireResponse>(),
    ExchangeHandler,
    BodySource {
    @Volatile
    private lateinit var exchange: Exchange

    /** Pieces that have come and were not taken: a [ByteBuf], [End] or a [Failed]. Null until there is a head. */
    @Volatile
    private var pieces: CompletionQueue<Any>? = null

    @Volatile
    private var cancelMessage: String? = null

    /** Whether who waits for the head was cancelled; the head may still come before the connection is closed. */
    @Volatile
    private var isCancelled = false

    /** How the body ended, once a reader was told; or that it was given up. */
    @Volatile
    private var over: Any? = null

    @Volatile
    private var complete = false

    /** How many bytes of the body its reader has had. */
    private var received = 0L

    /** Hears of that, each time there are more. */
    @Volatile
    var progress: ((Long) -> Unit)? = null

    /** Whether a piece was asked for that has not come; its reader may have been cancelled. */
    @Volatile
    private var asked = false

    /** What the connection has become. */
    @Volatile
    var webSocket: WebSocketLink? = null
        private set

    /** Whether what is left is being thrown away: the time limit on that. */
    @Volatile
    private var discarding: Timer? = null

    /** How many bytes may still be thrown away. */
    private var discardable = 0

    /** Ends once that is done. */
    @Volatile
    private var discarded: Promise<Unit>? = null

    /** Whether its end is known to its reader, or nobody reads it. */
    val isGivenUp: Boolean get() = over != null

    /** Whether there is nothing left to come. */
    val isComplete: Boolean get() = complete

    /** Whether pieces have come and were not taken. */
    val hasPieces: Boolean get() = pieces?.any { it is ByteBuf } == true

    override fun toString(): String = "the response to $exchange"

    fun begin(send: (ExchangeHandler) -> Exchange) {
        exchange = send(this)
    }

    override fun onHead(response: WireResponse) {
        queue()
        end(Outcome.Success(response))
    }

    override fun wantsUpgrade(): Boolean = onUpgrade != null

    /** There is no body. */
    override fun onUpgrade(response: WireResponse, connection: Upgraded) {
        try {
            webSocket = onUpgrade?.invoke(response, connection)
        } catch (error: RuntimeException) {
            connection.abort()
            return onFailure(error)
        }
        if (over != null) webSocket?.abort()
        onEnd()
        onHead(response)
    }

    override fun onData(data: ByteBuf) {
        val length = data.readableBytes()
        asked = false
        queue().put(data)
        if (over != null) release()
        if (discarding != null) discardOn(length)
    }

    private fun discardOn(length: Int) {
        discardable -= length
        if (discardable < 0) exchange.cancel() else exchange.read()
    }

    override fun onEnd() {
        complete = true
        discardingIsOver()
        queue().put(End)
    }

    override fun onFailure(error: Throwable) {
        complete = true
        discardingIsOver()
        val failure = if (error is CancelledException) CancelledException(cancelMessage) else error
        // Who gives the body up cancels as well; its reader is not cancelled.
        val isGivenUp = error is CancelledException && !isCancelled
        if (!end(failureOf(failure))) queue().put(if (isGivenUp) GIVEN_UP else Failed { failure })
    }

    /** On the loop. */
    private fun queue() = pieces ?: CompletionQueue<Any>().also { pieces = it }

    /** Closes the connection; the promise ends when that is done. */
    override fun cancel(message: String?): Boolean {
        if (ended != null) return false
        cancelMessage = message
        isCancelled = true
        exchange.cancel()
        return true
    }

    override suspend fun read(task: TaskImpl<*>): ByteBuf? {
        when (val end = over) {
            null -> Unit
            is Failed -> throw end.error()
            else -> return null
        }
        if (!complete && !asked) ask()
        val piece =
            try {
                pieces!!.take(task)
            } catch (cancelled: CancelledException) {
                // What had come for it was put back: nobody may be left to take it.
                if (over != null) release()
                throw cancelled
            }
        if (piece is ByteBuf) return piece.also(::count)
        over = piece
        if (piece is Failed) throw piece.error()
        return null
    }

    private fun ask() {
        asked = true
        exchange.read()
    }

    private fun count(piece: ByteBuf) {
        received += piece.readableBytes()
        progress?.let { hears -> quietly { hears(received) } }
    }

    /** Nobody will read what is left: the connection is closed, unless the body has ended. */
    fun abandon() {
        giveUp()
        if (!complete) exchange.cancel()
        release()
        webSocket?.abort()
    }

    /**
     * Nobody will read what is left: it is thrown away as it comes, so that the connection can go on. A server that sends more
     * than [most] bytes, or takes long over it, loses the connection. Ends [whenDone] then.
     */
    fun discard(most: Int, whenDone: Promise<Unit>? = null) {
        giveUp()
        release()
        discardable = most
        discarded = whenDone
        discarding = RunnerImpl.shared.loops.next().timers().after(DISCARD_NANOS) { exchange.cancel() }
        if (complete) discardingIsOver() else exchange.read()
    }

    private fun discardingIsOver() {
        discarding?.cancel()
        discarded?.end(Outcome.Success(Unit))
    }

    private fun giveUp() {
        if (over == null) over = GIVEN_UP
    }

    private fun release() {
        pieces?.drain { if (it is ByteBuf) it.release() }
    }

    private object End

    private class Failed(val error: () -> Throwable)

    private companion object {
        private const val DISCARD_NANOS = 100_000_000L
        private val GIVEN_UP = Failed(::closedUnread)
    }
}

private val LOG = LoggerFactory.getLogger("dev.jawait.http")

/** Tells a listener of the user's, whose errors change nothing. */
internal inline fun quietly(tell: () -> Unit) {
    try {
        tell()
    } catch (error: Throwable) {
        LOG.error("A listener of the session failed", error)
    }
}

package dev.jawait.runtime.session

import dev.jawait.CancelledException
import dev.jawait.Outcome
import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientTimeoutException
import dev.jawait.http.Headers
import dev.jawait.http.Phase
import dev.jawait.http.RequestInfo
import dev.jawait.http.WebSocketException
import dev.jawait.http.WsMessage
import dev.jawait.runtime.loop.Timer
import dev.jawait.runtime.streams.awaitShared
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.saturatedNanos
import dev.jawait.runtime.transport.PerMessageDeflate
import dev.jawait.runtime.transport.Upgraded
import dev.jawait.runtime.transport.WebSocketFrames
import io.netty.buffer.ByteBufUtil
import io.netty.buffer.Unpooled
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame
import io.netty.handler.codec.http.websocketx.WebSocketFrame
import java.time.Duration

/** The state of a WebSocket. What the connection holds on to, and not the [WebSocketImpl], so that a leak of that can be seen. */
internal class WebSocketLink private constructor(
    connection: Upgraded,
    val headers: Headers,
    val isCompressed: Boolean,
    private val options: WebSocketOptions,
    val request: RequestInfo,
) : WebSocketFrames.Events {
    /** For errors and dumps; without a query, which may be a secret. */
    private val where = "the WebSocket ws" + request.url().toString().substringBefore('?').removePrefix("http")
    private val opened = System.nanoTime()
    private val frames = WebSocketFrames(connection, options.maxBytes, this)
    val inbox = WebSocketInbox(frames.bufferSize(), where, ::readOn)

    /** Ends when the connection is closed. */
    private val closed =
        object : Promise<Unit>() {
            override fun toString() = "the end of $where"
        }

    @Volatile
    var closeCode: Int? = null
        private set

    @Volatile
    var exception: Throwable? = null
        private set

    /** Whether the last frame has been sent, or is about to be. Guarded by this. */
    private var closing = false

    // On the loop, all of them.
    private val pongs = WebSocketPongs { data, sent -> attempt(PongWebSocketFrame(data), sent) }
    private var heartbeat: WebSocketHeartbeat? = null
    private var closeTimer: Timer? = null
    private var isCloseSent = false
    private var lingers = false

    @get:Synchronized
    val isClosed: Boolean get() = closing

    private fun begin(deflate: PerMessageDeflate?) {
        if (!options.heartbeat.isZero) {
            heartbeat = WebSocketHeartbeat(options.heartbeat.saturatedNanos(), frames.timers(), ::ping, ::unanswered)
        }
        frames.begin(deflate)
    }

    // ---- what comes

    override fun received(frame: WebSocketFrame) {
        if (frame is CloseWebSocketFrame) {
            closeCame(frame)
        } else if (!isClosed) {
            messageCame(frame)
        }
    }

    private fun messageCame(frame: WebSocketFrame) {
        when (frame) {
            is TextWebSocketFrame -> inbox.add(WsMessage.Text(frame.text()))
            is BinaryWebSocketFrame -> inbox.add(WsMessage.Binary(bytes(frame)))
            is PingWebSocketFrame if options.autoPing -> pongs.answer(frame)
            is PingWebSocketFrame -> inbox.add(WsMessage.Ping(bytes(frame)))
            is PongWebSocketFrame if !options.autoPing -> inbox.add(WsMessage.Pong(bytes(frame)))
        }
    }

    private fun bytes(frame: WebSocketFrame): ByteArray = ByteBufUtil.getBytes(frame.content())

    private fun closeCame(frame: CloseWebSocketFrame) {
        val code = frame.statusCode().takeIf { it >= 0 } ?: NO_STATUS
        closeCode = code
        if (isClosed) {
            if (isCloseSent) frames.close()
            return
        }
        inbox.add(WsMessage.Close(code, frame.reasonText()))
        if (options.autoClose && sendClose(answerTo(code))) inbox.end()
    }

    private fun answerTo(code: Int) = if (code == NO_STATUS) CloseWebSocketFrame() else CloseWebSocketFrame(code, "")

    private fun readOn() {
        frames.read()
        frames.execute { heartbeat?.resumes() }
    }

    override fun heard() {
        heartbeat?.heard()
    }

    override fun wantsMore(): Boolean = inbox.wantsMore().also { if (!it) heartbeat?.pauses() }

    /** Closing at once would reset the connection, and the server might never see why. */
    override fun failed(closeCode: Int, cause: Throwable) {
        val error = WebSocketException("The server broke the rules of $where: ${cause.message}", closeCode, cause)
        exception = error
        this.closeCode = closeCode
        lingers = sendClose(CloseWebSocketFrame(closeCode, ""), LINGER)
        inbox.fail(error)
        if (!lingers) frames.abort()
    }

    override fun poolClosed(): Unit = goAway()

    override fun closed(cause: Throwable?) {
        synchronized(this) { closing = true }
        if (closeCode == null) lost(cause?.let { ClientConnectionException("$where was lost: ${it.message}", it) })
        heartbeat?.stop()
        closeTimer?.cancel()
        pongs.close()
        inbox.end()
        closed.end(Outcome.Success(Unit))
    }

    /** Has [action] run when the connection is closed. */
    fun onClosed(action: () -> Unit) {
        if (!closed.listen { action() }) action()
    }

    private fun lost(error: Throwable?) {
        if (closeCode == null) closeCode = ABNORMAL
        if (exception == null) exception = error
    }

    /** Somebody gave up receiving: as in aiohttp, it then counts as ended abnormally. */
    fun receivingFailed(): Unit = lost(null)

    // ---- what is sent

    /** Sends [frame] and waits until the system has all of it. */
    suspend fun send(task: TaskImpl<*>, frame: WebSocketFrame) {
        val sent =
            object : Promise<Unit>() {
                override fun toString() = "output to $where"
            }
        val isOpen = attempt(frame) { error ->
            sent.end(if (error == null) Outcome.Success(Unit) else Outcome.Failure(notSent(error)))
        }
        if (!isOpen) throw notSent(null)
        task.awaitPromise(sent)
    }

    private fun notSent(cause: Throwable?): ClientConnectionException {
        val code = closeCode?.let { ", with code $it" }.orEmpty()
        return ClientConnectionException("Cannot send: $where is closed$code", cause)
    }

    /** Sends [frame], unless the last one was sent; false if so. */
    private fun attempt(frame: WebSocketFrame, sent: (Throwable?) -> Unit): Boolean {
        synchronized(this) {
            if (!closing) {
                frames.send(frame, sent)
                return true
            }
        }
        frame.release()
        return false
    }

    private fun ping() {
        attempt(PingWebSocketFrame(Unpooled.EMPTY_BUFFER)) {}
    }

    private fun unanswered() {
        synchronized(this) {
            if (closing) return
            closing = true
        }
        val error = timeout("heartbeat", options.heartbeat.dividedBy(2))
        lost(error)
        inbox.fail(error)
        frames.abort()
    }

    fun timeout(name: String, limit: Duration) = ClientTimeoutException(
        Phase.READ,
        name,
        limit,
        Duration.ofNanos(System.nanoTime() - opened),
        request.method(),
        request.url(),
        null,
        null,
    )

    /** Runs [action] on the loop after [limit]. */
    fun after(limit: Duration, action: () -> Unit): Timer = frames.timers().after(limit.saturatedNanos(), action)

    // ---- the end

    /** Sends the last frame, and closes the connection [limit] after that at the latest; false if it was sent before. */
    private fun sendClose(frame: CloseWebSocketFrame, limit: Duration = options.closeLimit): Boolean {
        synchronized(this) {
            if (!closing) {
                closing = true
                frames.execute { if (closed.ended == null) closeTimer = after(limit, ::closingTakesTooLong) }
                frames.send(frame) { error -> closeSent(error) }
                return true
            }
        }
        frame.release()
        return false
    }

    /** The server's frame may have come before, or not be waited for. */
    private fun closeSent(error: Throwable?) {
        isCloseSent = true
        if (error != null) {
            frames.abort()
        } else if (closeCode != null && !lingers) {
            frames.close()
        }
    }

    private fun closingTakesTooLong() {
        closeTimer = null
        lost(timeout("closeTimeout", options.closeLimit).takeIf { closeCode == null })
        frames.abort()
    }

    /** Whether it was open; if not, waits for the end all the same. */
    suspend fun close(task: TaskImpl<*>, frame: CloseWebSocketFrame): Boolean {
        val isFirst = sendClose(frame)
        if (isFirst) inbox.discard()
        try {
            closed.awaitShared(task)
        } catch (cancelled: CancelledException) {
            if (isFirst) abort()
            throw cancelled
        }
        return isFirst
    }

    /** Closes it in the background. */
    fun goAway() {
        if (sendClose(CloseWebSocketFrame(GOING_AWAY, ""))) inbox.discard()
    }

    /** As [goAway], but does not wait for the server. */
    fun leave() {
        lost(null)
        if (sendClose(CloseWebSocketFrame(GOING_AWAY, ""), LINGER)) inbox.discard()
    }

    /** Closes it at once. */
    fun abort() {
        synchronized(this) { closing = true }
        lost(null)
        inbox.discard()
        frames.abort()
    }

    /** The WebSocket was collected; false if it is closed already. */
    fun abortLeaked(): Boolean = !isClosed.also { if (!it) abort() }

    override fun toString(): String = "WebSocket[${where.substringAfterLast(' ')}]"

    companion object {
        private const val GOING_AWAY = 1001
        private const val NO_STATUS = 1005
        private const val ABNORMAL = 1006
        private val LINGER = Duration.ofSeconds(1)

        /** Takes over [connection]. On its loop. */
        fun open(
            connection: Upgraded,
            request: RequestInfo,
            headers: Headers,
            deflate: PerMessageDeflate?,
            options: WebSocketOptions,
        ): WebSocketLink =
            WebSocketLink(connection, headers, deflate != null, options, request).also { it.begin(deflate) }
    }
}

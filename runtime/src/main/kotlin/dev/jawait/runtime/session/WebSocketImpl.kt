package dev.jawait.runtime.session

import dev.jawait.AsyncIterable
import dev.jawait.AsyncTimeoutException
import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.http.Headers
import dev.jawait.http.WebSocket
import dev.jawait.http.WebSocketMessageTypeException
import dev.jawait.http.WsMessage
import dev.jawait.runtime.loop.Timer
import dev.jawait.runtime.streams.doing
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.AsyncItems
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.Unpooled
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame
import java.lang.ref.Reference
import java.net.URI
import java.time.Duration

/**
 * An open WebSocket. The connection does not refer to it, so that its leak can be seen.
 *
 * @param session held on to, for it closes what it has opened when it is collected
 */
internal class WebSocketImpl(
    private val session: SessionImpl,
    private val link: WebSocketLink,
    private val options: WebSocketOptions,
) : WebSocket {
    private val inbox = link.inbox

    /** For who was cancelled as it got what the message meant. */
    @Volatile
    private var last: WsMessage = WsMessage.Closed()

    // ---- receiving

    override fun receive(): Coroutine<WsMessage> = receiving("receive", options.receiveLimit)

    override fun receive(limit: Duration): Coroutine<WsMessage> {
        require(!limit.isNegative && !limit.isZero) { "receive($limit): a time limit is positive" }
        return receiving("receive", limit)
    }

    private fun receiving(name: String, limit: Duration): Coroutine<WsMessage> =
        Acquiring("webSocket.$name", { task -> take(task, limit) }, ::putBack)

    private suspend fun take(task: TaskImpl<*>, limit: Duration = options.receiveLimit): WsMessage = inbox.alone {
        val timer = if (limit.isZero) null else interruptAfter(limit)
        try {
            inbox.next(task).also { last = it }
        } catch (error: CancelledException) {
            link.receivingFailed()
            throw error
        } catch (error: AsyncTimeoutException) {
            link.receivingFailed()
            throw error
        } finally {
            timer?.cancel()
            // Who receives has not forgotten it.
            Reference.reachabilityFence(this)
        }
    }

    private fun interruptAfter(limit: Duration): Timer =
        link.after(limit) { inbox.interrupt(link.timeout("receiveTimeout", limit)) }

    private fun putBack(message: WsMessage) {
        link.receivingFailed()
        inbox.putBack(message)
    }

    override fun receiveText(): Coroutine<String> = Acquiring("webSocket.receiveText", ::takeText) { putBack(last) }

    override fun receiveBytes(): Coroutine<ByteArray> = Acquiring("webSocket.receiveBytes", { task ->
        (take(task) as? WsMessage.Binary)?.data() ?: throw wrongType("bytes")
    }) { putBack(last) }

    override fun <R> receiveJson(type: Class<R>): Coroutine<R> =
        Acquiring("webSocket.receiveJson", { task -> decode(takeText(task), type) }) { putBack(last) }

    private suspend fun takeText(task: TaskImpl<*>): String =
        (take(task) as? WsMessage.Text)?.text() ?: throw wrongType("a text")

    @Suppress("UNCHECKED_CAST")
    private fun <R> decode(text: String, type: Class<R>): R =
        JsonCodecs.find().decode(text.encodeToByteArray(), type as Class<Any>) as R

    private fun wrongType(wanted: String): WebSocketMessageTypeException {
        val message = last
        val came = if (message is WsMessage.Text) "Text" else message.toString()
        return WebSocketMessageTypeException("Not $wanted, as was asked for, but $came came from $this", message)
    }

    override fun messages(): AsyncIterable<WsMessage> = Messages()

    private inner class Messages : AsyncItems<WsMessage>("webSocket.messages") {
        override suspend fun nextIn(task: TaskImpl<*>): WsMessage? =
            take(task).takeUnless { it is WsMessage.Close || it is WsMessage.Closed }

        override fun next(): Coroutine<WsMessage?> = Acquiring("$name.next", ::takeIn) { if (it != null) putBack(it) }
    }

    // ---- sending

    override fun sendText(text: String): Coroutine<Void?> =
        doing("webSocket.sendText") { task -> sendText(task, text.encodeToByteArray()) }

    private suspend fun sendText(task: TaskImpl<*>, text: ByteArray) =
        link.send(task, TextWebSocketFrame(Unpooled.wrappedBuffer(text)))

    override fun sendBytes(data: ByteArray): Coroutine<Void?> = doing("webSocket.sendBytes") { task ->
        link.send(task, BinaryWebSocketFrame(Unpooled.copiedBuffer(data)))
    }

    override fun sendJson(value: Any?): Coroutine<Void?> =
        doing("webSocket.sendJson") { task -> sendText(task, JsonCodecs.find().encode(value)) }

    override fun ping(data: ByteArray): Coroutine<Void?> {
        checkControl("ping", data)
        return doing("webSocket.ping") { task -> link.send(task, PingWebSocketFrame(Unpooled.copiedBuffer(data))) }
    }

    override fun pong(data: ByteArray): Coroutine<Void?> {
        checkControl("pong", data)
        return doing("webSocket.pong") { task -> link.send(task, PongWebSocketFrame(Unpooled.copiedBuffer(data))) }
    }

    private fun checkControl(what: String, data: ByteArray) =
        require(data.size <= MAX_CONTROL) { "A $what of ${data.size} bytes: it has $MAX_CONTROL at most" }

    // ---- the end

    override fun close(code: Int, reason: String): Coroutine<Boolean> {
        require(code in SENDABLE) { "Not a code that may be sent to close a WebSocket (RFC 6455, section 7.4): $code" }
        val length = reason.encodeToByteArray().size
        require(length <= MAX_CONTROL - 2) { "A reason of $length bytes: it has ${MAX_CONTROL - 2} at most" }
        return NativeBody("webSocket.close") { task -> link.close(task, CloseWebSocketFrame(code, reason)) }
    }

    override fun isClosed(): Boolean = link.isClosed

    override fun closeCode(): Int? = link.closeCode

    override fun exception(): Throwable? = link.exception

    override fun enter(): Coroutine<WebSocket> = NativeBody("webSocket.enter") { this }

    override fun exit(resource: WebSocket, error: Throwable?): Coroutine<Void?> = doing("webSocket.exit") { task ->
        exit(task, error)
    }

    suspend fun exit(task: TaskImpl<*>, error: Throwable?) {
        if (error == null) link.close(task, CloseWebSocketFrame(NORMAL, "")) else leave()
    }

    /** Closes it in the background, and does not wait for the server. */
    fun leave(): Unit = link.leave()

    // ---- what was agreed on

    override fun protocol(): String? = headers().get(WebSocketHandshake.PROTOCOL)

    override fun isCompressed(): Boolean = link.isCompressed

    override fun url(): URI = link.request.url()

    override fun headers(): Headers = link.headers

    override fun toString(): String = link.toString()

    private companion object {
        private const val NORMAL = 1000
        private const val MAX_CONTROL = 125

        /** Those that the RFC and its registry define for sending, and those for libraries and applications. */
        private val SENDABLE = (1000..1003) + (1007..1014) + (3000..4999)
    }
}

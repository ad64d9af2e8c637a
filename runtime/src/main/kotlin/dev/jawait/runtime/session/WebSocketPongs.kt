package dev.jawait.runtime.session

import io.netty.buffer.ByteBuf
import io.netty.handler.codec.http.websocketx.WebSocketFrame

/**
 * Answers pings, one at a time: while an answer is on its way, of those that come only the last is answered (RFC 6455, section
 * 5.5.3), so that a server that pings and does not read fills no memory. On the loop.
 *
 * @param send sends a pong, and tells when that is done
 */
internal class WebSocketPongs(private val send: (ByteBuf, (Throwable?) -> Unit) -> Unit) {
    private var isSending = false
    private var next: ByteBuf? = null

    fun answer(ping: WebSocketFrame) {
        next?.release()
        next = ping.content().retain()
        if (!isSending) sendNext()
    }

    private fun sendNext() {
        val data = next ?: return
        next = null
        isSending = true
        send(data) {
            isSending = false
            sendNext()
        }
    }

    fun close() {
        next?.release()
        next = null
    }
}

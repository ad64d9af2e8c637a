package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.net.IncompleteReadException
import dev.jawait.net.LimitOverrunException
import dev.jawait.net.SocketStream
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.handler.ssl.SslHandler
import java.net.InetSocketAddress
import java.nio.ByteBuffer
import javax.net.ssl.SSLContext

/**
 * A stream. The socket does not refer to it, so that its leak can be seen.
 *
 * @param tls makes the handler of this side, which is the client or the server
 */
internal class StreamImpl(val link: Link, private val tls: (SSLContext) -> SslHandler) : SocketStream {
    private val incoming = link.incoming

    /** As it came, for who was cancelled as it got the line. */
    @Volatile
    private var lastLine = ByteArray(0)

    init {
        Unclosed.watch(this, link::abortLeaked, "A stream ${link.where}")
    }

    // ---- reading

    override fun recv(max: Int): Coroutine<ByteArray> {
        require(max > 0) { "recv($max): at least one byte must be asked for" }
        return reading("recv") { ended -> if (size > 0 || ended) take(minOf(max, size)) else null }
    }

    override fun readAll(): Coroutine<ByteArray> = reading("readAll") { ended -> if (ended) takeAll() else null }

    override fun readExactly(count: Int): Coroutine<ByteArray> {
        require(count >= 0) { "readExactly($count): there is no such number of bytes" }
        return reading("readExactly") { ended ->
            when {
                size >= count -> take(count)
                ended -> throw IncompleteReadException(takeAll(), "the $count that were asked for")
                else -> null
            }
        }
    }

    override fun readUntil(separator: ByteArray): Coroutine<ByteArray> {
        require(separator.isNotEmpty()) { "readUntil: the separator is empty" }
        val wanted = separator.clone()
        return Acquiring("readUntil", { task -> incoming.read(task, until(wanted)) }, incoming::putBack)
    }

    private fun until(separator: ByteArray): ByteQueue.(Boolean) -> ByteArray? {
        val search = Search(separator, incoming.limit)
        return { ended ->
            search.takeFrom(this) ?: if (ended) throw IncompleteReadException(takeAll(), "the separator") else null
        }
    }

    override fun readLine(): Coroutine<String?> = Acquiring("readLine", ::readLine) { incoming.putBack(lastLine) }

    private suspend fun readLine(task: TaskImpl<*>): String? {
        val search = Search(LINE_END, incoming.limit)
        val line = incoming.read(task) { ended -> search.takeFrom(this) ?: if (ended) takeAll() else null }
        lastLine = line
        return if (line.isEmpty()) null else withoutEnd(line.decodeToString())
    }

    private fun withoutEnd(line: String) = if (line.endsWith("\r\n")) line.dropLast(2) else line.removeSuffix("\n")

    /** What nobody gets, since its task was cancelled as it ended, is still there for the next one. */
    private fun reading(name: String, attempt: ByteQueue.(ended: Boolean) -> ByteArray?): Coroutine<ByteArray> =
        Acquiring(name, { task -> incoming.read(task, attempt) }, incoming::putBack)

    /** The search for a separator in what comes; what was searched is not searched again. */
    private class Search(private val separator: ByteArray, private val limit: Int) {
        private var searched = 0

        /** The bytes up to the separator and it, or null if it has not come. */
        fun takeFrom(bytes: ByteQueue): ByteArray? {
            val found = bytes.indexOf(separator, searched)
            if (found < 0) searched = maxOf(0, bytes.size - separator.size + 1)
            val before = if (found < 0) searched else found
            if (before > limit) throw LimitOverrunException(limit, before)
            return if (found < 0) null else bytes.take(found + separator.size)
        }
    }

    override fun atEof(): Boolean = incoming.isAtEnd

    // ---- writing

    override fun write(data: ByteArray) {
        link.write(data.clone())
    }

    override fun write(data: ByteBuffer) {
        link.write(ByteArray(data.remaining()).also { data.get(it) })
    }

    override fun write(text: String) {
        link.write(text.encodeToByteArray())
    }

    override fun drain(): Coroutine<Void?> = doing("drain", link::drain)

    override fun sendAll(data: ByteArray): Coroutine<Void?> = doing("sendAll") { task ->
        link.awaitSent(task, link.write(data.clone()))
    }

    override fun writeEof(): Unit = link.writeEnd()

    override fun startTls(context: SSLContext): Coroutine<Void?> = doing("startTls") { task ->
        link.startTls(task, tls(context))
    }

    // ---- the connection

    override fun localAddress(): InetSocketAddress = link.localAddress

    override fun remoteAddress(): InetSocketAddress = link.remoteAddress

    override fun close(): Unit = link.close()

    override fun abort(): Unit = link.abort()

    override fun waitClosed(): Coroutine<Void?> = doing("waitClosed", link::awaitClosed)

    override fun enter(): Coroutine<SocketStream> = NativeBody("stream.enter") { this }

    override fun exit(resource: SocketStream, error: Throwable?): Coroutine<Void?> = doing("stream.exit") { task ->
        close()
        if (error == null) link.awaitClosed(task)
    }

    override fun toString(): String = link.toString()

    private companion object {
        val LINE_END = byteArrayOf('\n'.code.toByte())
    }
}

/** A coroutine without a result. */
internal fun doing(name: String, body: suspend (TaskImpl<*>) -> Unit) = NativeBody<Void?>(name) { task ->
    body(task)
    null
}

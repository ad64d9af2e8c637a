package dev.jawait.runtime.streams

import dev.jawait.Coroutine
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
        return reading("recv", Take.upTo(max))
    }

    override fun readAll(): Coroutine<ByteArray> = reading("readAll") { ended -> if (ended) takeAll() else null }

    override fun readExactly(count: Int): Coroutine<ByteArray> {
        require(count >= 0) { "readExactly($count): there is no such number of bytes" }
        return reading("readExactly", Take.exactly(count))
    }

    override fun readUntil(separator: ByteArray): Coroutine<ByteArray> {
        require(separator.isNotEmpty()) { "readUntil: the separator is empty" }
        val wanted = separator.clone()
        return Acquiring(
            "readUntil",
            { task -> incoming.read(task, Take.until(wanted, incoming.limit)) },
            incoming::putBack,
        )
    }

    override fun readLine(): Coroutine<String?> = Acquiring("readLine", ::readLine) { incoming.putBack(lastLine) }

    private suspend fun readLine(task: TaskImpl<*>): String? {
        val line = incoming.read(task, Take.line(incoming.limit))
        lastLine = line
        return if (line.isEmpty()) null else Take.textOfLine(line, Charsets.UTF_8)
    }

    /** What nobody gets, since its task was cancelled as it ended, is still there for the next one. */
    private fun reading(name: String, attempt: Attempt<ByteArray>): Coroutine<ByteArray> =
        Acquiring(name, { task -> incoming.read(task, attempt) }, incoming::putBack)

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
}

/** A coroutine without a result. */
internal fun doing(name: String, body: suspend (TaskImpl<*>) -> Unit) = NativeBody<Void?>(name) { task ->
    body(task)
    null
}

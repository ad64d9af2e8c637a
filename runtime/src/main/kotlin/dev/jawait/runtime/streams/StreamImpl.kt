package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.net.IncompleteReadException
import dev.jawait.net.LimitOverrunException
import dev.jawait.net.SocketStream
import dev.jawait.runtime.net.Wire
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.handler.ssl.SslHandler
import java.net.InetSocketAddress
import java.util.concurrent.atomic.AtomicBoolean
import javax.net.ssl.SSLContext

/**
 * A stream over a [wire].
 *
 * @param tls makes the handler of this side, client or server
 */
internal class StreamImpl(private val wire: Wire, private val limit: Int, private val tls: (SSLContext) -> SslHandler) :
    SocketStream {
    private val reading = AtomicBoolean()

    init {
        StreamLifetime.watch(this, wire)
    }

    // ---- reading

    override fun recv(max: Int): Coroutine<ByteArray> {
        require(max > 0) { "At least one byte must be asked for: recv($max)" }
        return read("recv") {
            if (available() == 0 && !isOver) null else take(minOf(max, available()))
        }
    }

    override fun readAll(): Coroutine<ByteArray> = read("readAll") { if (isOver) take(available()) else null }

    override fun readExactly(count: Int): Coroutine<ByteArray> {
        require(count >= 0) { "No stream has a negative number of bytes: readExactly($count)" }
        return read("readExactly") {
            when {
                available() >= count -> take(count)
                isOver -> throw IncompleteReadException(take(available()), "$count")
                else -> null
            }
        }
    }

    override fun readUntil(separator: ByteArray): Coroutine<ByteArray> {
        require(separator.isNotEmpty()) { "An empty separator is everywhere" }
        return read("readUntil") {
            upTo(separator) ?: if (isOver) throw IncompleteReadException(take(available()), "a separator") else null
        }
    }

    /** The bytes up to [separator] and with it, or null if it has not come. */
    private fun Wire.upTo(separator: ByteArray): ByteArray? {
        val index = indexOf(separator)
        if (index > limit || (index < 0 && available() > limit)) throw LimitOverrunException(limit)
        return if (index < 0) null else take(index + separator.size)
    }

    override fun readLine(): Coroutine<String?> = NativeBody("readLine") { task ->
        val line = readIn(task) { upTo(LF) ?: if (isOver) take(available()) else null }
        if (line.isEmpty()) null else line.decodeToString().removeSuffix("\n").removeSuffix("\r")
    }

    private fun read(name: String, ready: Wire.() -> ByteArray?): Coroutine<ByteArray> =
        NativeBody(name) { task -> readIn(task, ready) }

    /** Waits until what has come is enough to be [ready]; what is not taken stays. */
    suspend fun readIn(task: TaskImpl<*>, ready: Wire.() -> ByteArray?): ByteArray {
        check(reading.compareAndSet(false, true)) { "Another task is reading from $this" }
        try {
            while (true) {
                val change = Change("input from ${wire.remoteAddress()}")
                // First listen, then look: what comes between is heard.
                wire.onInput(change)
                if (wire.available() == 0) wire.failure()?.let { throw ioError(it) }
                wire.ready()?.let { return it }
                wire.resume()
                task.awaitPromise(change)
            }
        } finally {
            wire.onInput(null)
            reading.set(false)
        }
    }

    override fun atEof(): Boolean = wire.isOver && wire.available() == 0

    // ---- writing

    override fun write(data: ByteArray) {
        check(!wire.isClosing) { "$this is closed" }
        wire.write(data.clone()) { }
    }

    override fun write(text: String): Unit = write(text.encodeToByteArray())

    override fun drain(): Coroutine<Void?> = NativeBody("drain") { task ->
        drainIn(task)
        null
    }

    private suspend fun drainIn(task: TaskImpl<*>) {
        try {
            while (true) {
                val change = Change("${wire.remoteAddress()} to take what was written")
                wire.onWritable(change)
                wire.failure()?.let { throw ioError(it) }
                check(!wire.isClosing) { "$this is closed" }
                if (wire.isWritable) return
                task.awaitPromise(change)
            }
        } finally {
            wire.onWritable(null)
        }
    }

    override fun sendAll(data: ByteArray): Coroutine<Void?> = NativeBody("sendAll") { task ->
        check(!wire.isClosing) { "$this is closed" }
        val sent = Told("${wire.remoteAddress()} to take ${data.size} bytes")
        wire.write(data.clone(), sent::tell)
        task.awaitPromise(sent)
        null
    }

    override fun writeEof(): Unit = wire.shutdownOutput()

    // ---- TLS

    override fun startTls(context: SSLContext): Coroutine<Void?> = NativeBody("startTls") { task ->
        val shaken = Told("the TLS handshake with ${wire.remoteAddress()}")
        wire.startTls(tls(context), shaken::tell)
        task.awaitPromise(shaken)
        null
    }

    // ---- closing

    override fun localAddress(): InetSocketAddress = wire.localAddress()

    override fun remoteAddress(): InetSocketAddress = wire.remoteAddress()

    override fun close(): Unit = wire.close()

    val isClosed: Boolean get() = wire.isClosing

    override fun waitClosed(): Coroutine<Void?> = NativeBody("waitClosed") { task ->
        val closed = Change("the end of $this")
        wire.onClosed(closed)
        task.awaitPromise(closed)
        null
    }

    override fun abort(): Unit = wire.abort()

    override fun toString(): String = "Stream[${wire.remoteAddress()}]"

    private companion object {
        val LF = byteArrayOf('\n'.code.toByte())
    }
}

/** Ends when something has changed. */
internal class Change(private val words: String) :
    Promise<Unit>(),
    Runnable {
    override fun run() {
        end(Outcome.Success(Unit))
    }

    override fun toString(): String = words
}

/** Ends when it is told that something was done, or why not. */
internal class Told(private val words: String) : Promise<Unit>() {
    fun tell(error: Throwable?) {
        end(if (error == null) Outcome.Success(Unit) else Outcome.Failure(ioError(error)))
    }

    override fun toString(): String = words
}

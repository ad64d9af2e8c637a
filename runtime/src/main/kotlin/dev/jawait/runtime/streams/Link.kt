package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.runtime.net.OpenSocket
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.buffer.ByteBuf
import io.netty.handler.ssl.SslHandler
import java.nio.channels.ClosedChannelException
import javax.net.ssl.SSLException

/** The state of a stream. What the socket holds on to, and not the stream, so that a leak of that can be seen. */
internal class Link(private val socket: OpenSocket, limit: Int) : OpenSocket.Events {
    val where = "to ${socket.remoteAddress().words()}"
    private val outgoing = Outgoing(where)
    val incoming = Incoming(limit, where, socket::read)
    val localAddress get() = socket.localAddress()
    val remoteAddress get() = socket.remoteAddress()

    /** Ends when it is closed; fails if something that was written could not be sent. */
    private val closed =
        object : Promise<Unit>() {
            override fun toString() = "the end of the stream $where"
        }

    // Guarded by this, all of them.
    private var closedHere = false
    private var aborted = false
    private var brokenBy: Throwable? = null

    // ---- what happens to the socket

    override fun received(data: ByteBuf): Unit = incoming.add(data)

    override fun wantsMore(): Boolean = incoming.wantsMore

    override fun ended(): Unit = incoming.end()

    override fun readFailed(cause: Throwable): Unit = broken(cause)

    override fun written(bytes: Int): Unit = outgoing.sent(bytes)

    override fun writeFailed(cause: Throwable) {
        note(cause)
        outgoing.fail { ioError("Cannot write to the stream $where: ${words(cause)}", cause) }
    }

    override fun closed() {
        val cause = note(ClosedChannelException())
        // Without the good-bye of TLS, the end may be forged.
        if (socket.isTls) incoming.fail { cutOff(cause) }
        broken(cause)
        closed.end(if (hasLost()) Outcome.Failure(lost(cause)) else Outcome.Success(Unit))
    }

    private fun broken(cause: Throwable) {
        note(cause)
        val error = { ioError("The stream $where has broken: ${words(cause)}", cause) }
        incoming.fail(error)
        outgoing.fail(error)
    }

    /** The first one is the one that counts. */
    @Synchronized
    private fun note(cause: Throwable): Throwable = brokenBy ?: cause.also { brokenBy = it }

    private fun words(cause: Throwable) = if (cause is ClosedChannelException) "it is closed" else cause.message

    private fun cutOff(cause: Throwable) =
        ioError("The stream $where was cut off: TLS did not say that it ends", SSLException(cause))

    private fun hasLost() = outgoing.isPending && !synchronized(this) { aborted }

    private fun lost(cause: Throwable) =
        ioError("Not all could be sent that was written to the stream $where: ${words(cause)}", cause)

    // ---- what is done with it

    /** Sends [data], which is the socket's from now on; returns where it ends in what is sent. */
    fun write(data: ByteArray): Long = synchronized(outgoing) {
        outgoing.submit(data.size).also { socket.write(data) }
    }

    suspend fun drain(task: TaskImpl<*>): Unit = outgoing.drain(task)

    suspend fun awaitSent(task: TaskImpl<*>, end: Long): Unit = outgoing.awaitSent(task, end)

    fun writeEnd() {
        if (socket.isTls) throw UnsupportedOperationException("TLS ends both ways at once: close the stream $where")
        synchronized(outgoing) {
            outgoing.end()
            socket.writeEnd()
        }
    }

    /** Goes on with TLS; nobody reads meanwhile. */
    suspend fun startTls(task: TaskImpl<*>, handler: SslHandler) {
        check(!socket.isTls) { "The stream $where speaks TLS already" }
        incoming.begin()
        try {
            shakeHands(task, handler)
        } catch (error: Throwable) {
            abort()
            throw error
        } finally {
            incoming.finish()
        }
    }

    private suspend fun shakeHands(task: TaskImpl<*>, handler: SslHandler) {
        val shaken =
            object : Promise<Unit>() {
                override fun toString() = "the TLS handshake of the stream $where"
            }
        socket.startTls(handler, incoming::surrender) { cause -> shaken.end(outcome(cause)) }
        task.awaitPromise(shaken)
    }

    private fun outcome(cause: Throwable?): Outcome<Unit> = if (cause == null) {
        Outcome.Success(Unit)
    } else {
        Outcome.Failure(ioError("The TLS handshake of the stream $where failed: ${cause.message}", cause))
    }

    fun close() {
        if (closeHere(abort = false)) socket.close()
    }

    fun abort() {
        closeHere(abort = true)
        socket.abort()
    }

    /** The stream was collected; false if it is closed already. */
    fun abortLeaked(): Boolean = (closed.ended == null && closeHere(abort = true)).also { if (it) socket.abort() }

    private fun closeHere(abort: Boolean): Boolean {
        synchronized(this) {
            aborted = aborted || abort
            if (closedHere) return false
            closedHere = true
        }
        incoming.end()
        outgoing.fail { ClosedHere("The stream $where is closed", this) }
        return true
    }

    suspend fun awaitClosed(task: TaskImpl<*>): Unit = closed.awaitShared(task)

    override fun toString(): String = "SocketStream[$where]"
}

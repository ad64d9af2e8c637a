package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.net.SocketStream
import dev.jawait.runtime.net.ListeningSocket
import dev.jawait.runtime.net.OpenSocket
import dev.jawait.runtime.tasks.CompletionQueue
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.channel.Channel
import io.netty.handler.ssl.SslHandler
import java.net.InetSocketAddress
import javax.net.ssl.SSLContext

/**
 * The clients of a listener, who come as they are asked for. What the socket holds on to, and not the listener, so that a
 * leak of that can be seen. It is the promise that it listens; cancelled, it does not.
 *
 * @param tls makes the handler of a client that goes on with TLS
 */
internal class Arrivals(
    private val address: InetSocketAddress,
    private val limit: Int,
    private val tls: (SSLContext) -> SslHandler,
) : Promise<ListeningSocket>(),
    ListeningSocket.Events {
    /** Each is a [StreamImpl], or [Closed] for all who still ask. */
    private val clients = CompletionQueue<Any>()

    @Volatile
    private var closed = false

    lateinit var localAddress: InetSocketAddress
        private set

    private lateinit var socket: ListeningSocket

    private object Closed

    /** Ends when nobody can connect any more. */
    private val gone =
        object : Promise<Unit>() {
            override fun toString() = "the end of listening at ${localAddress.words()}"
        }

    val isClosed: Boolean get() = closed

    suspend fun awaitBound(task: TaskImpl<*>) {
        try {
            task.awaitPromise(this)
        } catch (error: Throwable) {
            (ended as? Outcome.Success)?.value()?.close()
            throw error
        }
    }

    override fun bound(socket: ListeningSocket) {
        this.socket = socket
        localAddress = socket.localAddress()
        if (!end(Outcome.Success(socket))) socket.close()
    }

    override fun bindFailed(cause: Throwable) {
        end(Outcome.Failure(ioError("Cannot listen at ${address.words()}: ${cause.message}", cause)))
    }

    override fun accepted(channel: Channel) {
        OpenSocket.start(channel) { socket -> Link(socket, limit).also { clients.put(StreamImpl(it, tls)) } }
        if (closed) dismissAll()
    }

    /** The next client; one that comes at the moment of a cancel is the next one's. */
    suspend fun next(task: TaskImpl<*>): StreamImpl {
        if (closed) throw closedHere()
        socket.want(1)
        val client =
            try {
                clients.take(task)
            } catch (cancelled: Throwable) {
                unwanted()
                throw cancelled
            }
        if (client is StreamImpl) return client
        clients.put(client)
        throw closedHere()
    }

    /** Nobody got [client]: it is the next one's. */
    fun takeBack(client: SocketStream) {
        clients.putBack(client)
        unwanted()
    }

    private fun unwanted() {
        socket.want(-1)
        if (closed) dismissAll()
    }

    private fun closedHere() = ClosedHere("The listener at ${localAddress.words()} is closed", this)

    /** False if it is closed already. */
    fun close(): Boolean {
        synchronized(this) {
            if (closed) return false
            closed = true
        }
        socket.close()
        dismissAll()
        return true
    }

    override fun closed() {
        gone.end(Outcome.Success(Unit))
        close()
    }

    suspend fun awaitClosed(task: TaskImpl<*>): Unit = gone.awaitShared(task)

    private fun dismissAll() {
        clients.drain { (it as? StreamImpl)?.abort() }
        clients.put(Closed)
    }

    override fun toString(): String = "to listen at ${address.words()}"
}

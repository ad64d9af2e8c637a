package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.net.SocketListener
import dev.jawait.runtime.net.Listening
import dev.jawait.runtime.tasks.CompletionQueue
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import java.net.InetSocketAddress

/** Clients, accepted as they are asked for. */
internal class ListenerImpl(private val sockets: Sockets) : SocketListener {
    /** Streams, and [Closed] for all who still ask. */
    private val clients = CompletionQueue<Any>()

    private lateinit var listening: Listening

    /** How many were asked for, and have neither come nor been given up. Guarded by this. */
    private var asked = 0
    private var waiting = 0
    private var closed = false

    private object Closed

    suspend fun open(task: TaskImpl<*>, host: String, port: Int): ListenerImpl {
        listening = sockets.listen(task, host, port, ::accepted)
        return this
    }

    override fun accept(): Coroutine<dev.jawait.net.SocketStream> = NativeBody("accept", ::acceptIn)

    suspend fun acceptIn(task: TaskImpl<*>): StreamImpl {
        askForOne()
        val client =
            try {
                clients.take(task)
            } finally {
                synchronized(this) { waiting-- }
            }
        if (client is StreamImpl) return client
        clients.put(Closed)
        throw closedError()
    }

    /** From the system, unless one is on its way whose waiter was cancelled. */
    private fun askForOne() {
        synchronized(this) {
            if (closed) throw closedError()
            if (++waiting <= asked) return
            asked++
        }
        listening.acceptOne()
    }

    private fun accepted(client: StreamImpl) {
        val late =
            synchronized(this) {
                asked--
                closed
            }
        if (late) client.abort() else clients.put(client)
    }

    private fun closedError() = IllegalStateException("The listener at ${localAddress()} is closed")

    override fun localAddress(): InetSocketAddress = listening.address()

    override fun close() {
        synchronized(this) {
            if (closed) return
            closed = true
        }
        listening.close()
        clients.drain { (it as? StreamImpl)?.abort() }
        clients.put(Closed)
    }

    override fun toString(): String = "Listener[${localAddress()}]"
}

/** Binding as a promise; what is bound at the moment of a cancel is closed. */
internal class Binding(private val address: InetSocketAddress) :
    Promise<Listening>(),
    Listening.Bound {
    override fun bound(listening: Listening) {
        if (!end(Outcome.Success(listening))) listening.close()
    }

    override fun bindFailed(error: Throwable) {
        end(Outcome.Failure(ioError(java.io.IOException("Cannot listen at $address: ${error.message}", error))))
    }

    override fun toString(): String = "listening at $address"
}

package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.net.SocketListener
import dev.jawait.net.SocketStream
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import java.net.InetSocketAddress

/** A listener. The socket does not refer to it, so that its leak can be seen. */
internal class ListenerImpl(private val arrivals: Arrivals) : SocketListener {
    init {
        Unclosed.watch(this, arrivals::close, "A listener at ${localAddress().words()}")
    }

    val isClosed: Boolean get() = arrivals.isClosed

    override fun accept(): Coroutine<SocketStream> = Acquiring("accept", arrivals::next, arrivals::takeBack)

    suspend fun accept(task: TaskImpl<*>): StreamImpl = arrivals.next(task)

    override fun localAddress(): InetSocketAddress = arrivals.localAddress

    override fun close() {
        arrivals.close()
    }

    override fun enter(): Coroutine<SocketListener> = NativeBody("listener.enter") { this }

    override fun exit(resource: SocketListener, error: Throwable?): Coroutine<Void?> =
        doing("listener.exit", ::closeAndWait)

    /** Until nobody can connect any more. */
    suspend fun closeAndWait(task: TaskImpl<*>) {
        close()
        arrivals.awaitClosed(task)
    }

    override fun toString(): String = "SocketListener[at ${localAddress().words()}]"
}

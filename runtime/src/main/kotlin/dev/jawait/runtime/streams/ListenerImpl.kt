package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.net.SocketListener
import dev.jawait.net.SocketStream
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import io.netty.handler.ssl.SslHandler
import java.net.InetSocketAddress
import javax.net.ssl.SSLContext

/**
 * A listener. The socket does not refer to it, so that its leak can be seen.
 *
 * @param tls makes the handler of a client that goes on with TLS
 */
internal class ListenerImpl(private val arrivals: Arrivals, private val tls: (SSLContext) -> SslHandler) :
    SocketListener {
    init {
        Unclosed.watch(this, arrivals::close, toString())
    }

    val isClosed: Boolean get() = arrivals.isClosed

    override fun accept(): Coroutine<SocketStream> = NativeBody("accept") { task -> accept(task) }

    suspend fun accept(task: TaskImpl<*>): StreamImpl = StreamImpl(arrivals.next(task), tls)

    override fun localAddress(): InetSocketAddress = arrivals.localAddress

    override fun close() {
        arrivals.close()
    }

    override fun enter(): Coroutine<SocketListener> = NativeBody("listener.enter") { this }

    override fun exit(resource: SocketListener, error: Throwable?): Coroutine<Void?> = doing("listener.exit") {
        close()
    }

    override fun toString(): String = "SocketListener[at ${localAddress()}]"
}

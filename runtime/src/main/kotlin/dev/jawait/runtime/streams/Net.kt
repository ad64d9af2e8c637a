package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.net.Server
import dev.jawait.net.SocketListener
import dev.jawait.net.SocketStream
import dev.jawait.net.StreamHandler
import dev.jawait.net.StreamOptions
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.onThread
import dev.jawait.spi.NetRuntime
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnknownHostException

/** What [dev.jawait.net.Streams] calls. */
internal object Net : NetRuntime {
    override fun connect(host: String, port: Int, options: StreamOptions): Coroutine<SocketStream> =
        NativeBody("connect") { task -> Sockets.of(task, options).connect(task, host, checked(port)) }

    override fun listen(host: String, port: Int, options: StreamOptions): Coroutine<SocketListener> =
        NativeBody("listen") { task -> ListenerImpl(Sockets.of(task, options)).open(task, host, checked(port)) }

    override fun serve(host: String, port: Int, options: StreamOptions, handler: StreamHandler): Coroutine<Server> =
        serving(host, port, options) { task, stream -> task.callBody { handler.handle(stream) } }

    fun serving(
        host: String,
        port: Int,
        options: StreamOptions,
        handle: suspend (TaskImpl<*>, StreamImpl) -> Unit,
    ): Coroutine<Server> = NativeBody("serve") { task ->
        val sockets = Sockets.of(task, options)
        val listener = ListenerImpl(sockets).open(task, host, checked(port))
        ServerImpl(listener, task.takeIf { it.runner === sockets.runner }, sockets, handle).begin()
    }

    private fun checked(port: Int) = port.also { require(it in 0..65535) { "Not a port: $it" } }
}

/** The address of a host of this machine; looking it up may block. */
internal suspend fun TaskImpl<*>.onThreadResolved(host: String, port: Int): InetSocketAddress = onThread {
    try {
        InetSocketAddress(InetAddress.getByName(host), port)
    } catch (unknown: UnknownHostException) {
        throw ioError(unknown)
    }
}

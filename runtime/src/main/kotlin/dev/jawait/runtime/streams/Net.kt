package dev.jawait.runtime.streams

import dev.jawait.Coroutine
import dev.jawait.net.Server
import dev.jawait.net.SocketListener
import dev.jawait.net.SocketStream
import dev.jawait.net.StreamHandler
import dev.jawait.net.StreamOptions
import dev.jawait.runtime.net.CachingResolver
import dev.jawait.runtime.net.Connecting
import dev.jawait.runtime.net.Dialing
import dev.jawait.runtime.net.Dns
import dev.jawait.runtime.net.ListeningSocket
import dev.jawait.runtime.net.Tls
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.StagePromise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.spi.NetRuntime
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnknownHostException
import javax.net.ssl.SSLContext

/** What [dev.jawait.net.Streams] calls. */
internal object Net : NetRuntime {
    private const val HANDSHAKE_MILLIS = 60_000L
    private val resolver = CachingResolver(Dns.DEFAULT) { RunnerImpl.shared.threads.execute(it) }

    override fun connect(host: String, port: Int, options: StreamOptions): Coroutine<SocketStream> {
        checkPort(port)
        return Acquiring("connect", { task -> connect(task, host.lowercase(), port, options) }, SocketStream::close)
    }

    private suspend fun connect(task: TaskImpl<*>, host: String, port: Int, options: StreamOptions): StreamImpl {
        val runner = socketsOf(task)
        val target = Connecting.Target(
            host,
            port,
            listOfNotNull(
                options.sslContext()?.let {
                    tls(it, runner).layer(Connecting.Step.HANDSHAKE, host.lowercase(), port)
                },
            ),
        )
        val dialing = Dialing.DEFAULT.from(options.localAddress())
        val link = Opening(target, dialing, runner.loops.preferred(), options.limit()).open(task, resolver)
        return StreamImpl(link) { context -> tls(context, runner).toServer(host, port) }
    }

    override fun listen(host: String, port: Int, options: StreamOptions): Coroutine<SocketListener> {
        checkPort(port)
        return Acquiring("listen", { task -> listen(task, host, port, options) }, SocketListener::close)
    }

    private suspend fun listen(task: TaskImpl<*>, host: String, port: Int, options: StreamOptions): ListenerImpl {
        val runner = socketsOf(task)
        val address = InetSocketAddress(resolve(task, host), port)
        val arrivals = Arrivals(address, options.limit()) { context -> tls(context, runner).toClient() }
        val tls = options.sslContext()?.let { tls(it, runner) }
        ListeningSocket.open(runner.loops, address, options.backlog(), tls, arrivals)
        arrivals.awaitBound(task)
        return ListenerImpl(arrivals)
    }

    private suspend fun resolve(task: TaskImpl<*>, host: String): InetAddress = try {
        task.awaitPromise(StagePromise(resolver.resolve(host.lowercase()).thenApply { it.first() }))
    } catch (unknown: UnknownHostException) {
        throw cannotResolve(host, unknown)
    }

    override fun serve(host: String, port: Int, options: StreamOptions, handler: StreamHandler): Coroutine<Server> =
        serving(host, port, options) { task, stream -> task.callBody { handler.handle(stream) } }

    fun serving(
        host: String,
        port: Int,
        options: StreamOptions,
        handle: suspend (TaskImpl<*>, StreamImpl) -> Unit,
    ): Coroutine<Server> {
        checkPort(port)
        return Acquiring(
            "serve",
            { task -> ServerImpl(listen(task, host, port, options), handle).begin(task) },
            Server::close,
        )
    }

    private fun checkPort(port: Int): Unit = require(port in 0..0xFFFF) { "Not a port: $port" }

    /** A virtual clock would let every time limit of a socket pass at once: such a runner leaves sockets to the shared one. */
    private fun socketsOf(task: TaskImpl<*>) = task.runner.takeIf(RunnerImpl::keepsRealTime) ?: RunnerImpl.shared

    private fun tls(context: SSLContext, runner: RunnerImpl) = Tls(context, runner.threads, HANDSHAKE_MILLIS)
}

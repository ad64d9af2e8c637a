package dev.jawait.runtime.streams

import dev.jawait.Outcome
import dev.jawait.net.StreamOptions
import dev.jawait.runtime.net.Listening
import dev.jawait.runtime.net.Wire
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.Resolver
import dev.jawait.runtime.transport.Tls
import io.netty.channel.Channel
import io.netty.handler.ssl.SslHandler
import java.net.InetAddress
import java.net.InetSocketAddress
import javax.net.ssl.SSLContext

/** Opens sockets as the [options] say, on the loops of [runner]. */
internal class Sockets private constructor(val runner: RunnerImpl, private val options: StreamOptions) {
    suspend fun connect(task: TaskImpl<*>, host: String, port: Int): StreamImpl {
        val origin = Origin(options.sslContext() != null, host.lowercase(), port)
        val resolver = Resolver(InetAddress::getAllByName, runner.threads)
        val channel = Dialing(origin, runner.loops.preferred(), tls(options.sslContext()), resolver).open(task)
        return StreamImpl(Wire.over(channel, options.limit()), options.limit()) { tls(it).newHandler(origin) }
    }

    suspend fun listen(task: TaskImpl<*>, host: String, port: Int, accepted: (StreamImpl) -> Unit): Listening {
        val address = task.onThreadResolved(host, port)
        val binding = Binding(address)
        Listening.open(runner.loops, address, options.backlog(), { accept(it, accepted) }, binding)
        try {
            return task.awaitPromise(binding)
        } catch (error: Throwable) {
            (binding.ended as? Outcome.Success)?.value()?.close()
            throw error
        }
    }

    private fun accept(channel: Channel, accepted: (StreamImpl) -> Unit) {
        options.sslContext()?.let { channel.pipeline().addFirst(serverHandler(it)) }
        accepted(StreamImpl(Wire.over(channel, options.limit()), options.limit(), ::serverHandler))
    }

    private fun serverHandler(context: SSLContext): SslHandler = tls(context).newServerHandler()

    private fun tls(context: SSLContext?) = Tls(context, runner.threads)

    companion object {
        /** A virtual clock would let every time limit of a socket pass at once: such runners leave sockets to the shared one. */
        fun of(task: TaskImpl<*>, options: StreamOptions): Sockets =
            Sockets(task.runner.takeIf(RunnerImpl::keepsRealTime) ?: RunnerImpl.shared, options)
    }
}

package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.http.ClientListener
import dev.jawait.http.ClientTimeout
import dev.jawait.http.PoolStats
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.StagePromise
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.Route
import dev.jawait.runtime.transport.Transport
import dev.jawait.runtime.transport.TransportConfig
import dev.jawait.runtime.transport.WireRequest
import java.time.Duration
import java.util.concurrent.CompletableFuture

/** The pool of ours, on the loops of the runner it was made in. */
internal class PooledConnector(config: TransportConfig) : Sender {
    private val transport: Transport

    init {
        // A virtual clock would let every time limit of a socket pass at once.
        val runner = RunnerImpl.current().takeIf(RunnerImpl::keepsRealTime) ?: RunnerImpl.shared
        transport = Transport(runner.loops, config, runner.threads)
    }

    override fun send(
        request: WireRequest,
        limits: Limits,
        listener: ClientListener?,
        handler: ExchangeHandler,
    ): Exchange = transport.send(request, limits, listener, handler)

    override fun stats(): PoolStats = transport.stats()

    override fun statsByHost(): Map<String, PoolStats> = transport.statsByOrigin()

    override fun warmUp(url: String, count: Int): Coroutine<Int> {
        require(count >= 0) { "The count of connections is negative: $count" }
        return NativeBody("warmUp") { task ->
            val route = Route.direct(Urls.origin(Urls.parse(url)))
            val limits = Limits(System.nanoTime(), ClientTimeout.DEFAULT)
            task.awaitPromise(StagePromise(transport.warmUp(route, count, limits)))
        }
    }

    override fun clearDnsCache(): Unit = transport.clearAddresses()

    override fun closeGracefully(limit: Duration): Coroutine<Boolean> =
        GracefulClose.of("connector.closeGracefully", limit, ::close, ::drain)

    override fun drain(): CompletableFuture<Boolean> = transport.drain()

    override fun close(): Unit = transport.close()

    /** Has it closed, and logged, should it be collected unclosed. */
    fun watched(): PooledConnector = apply {
        // Not this: it would never be collected.
        val transport = transport
        Unclosed.watch(this, "connector") { !transport.isClosed.also { transport.close() } }
    }
}

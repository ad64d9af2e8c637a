package dev.jawait.runtime.session

import dev.jawait.http.ClientListener
import dev.jawait.http.Connector
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.PoolStats
import dev.jawait.http.TlsSettings
import dev.jawait.runtime.net.TlsContext
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.transport.Exchange
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.TlsChoice
import dev.jawait.runtime.transport.Transport
import dev.jawait.runtime.transport.TransportConfig
import dev.jawait.runtime.transport.WireRequest
import java.time.Duration
import javax.net.ssl.SSLContext

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

    override fun close(): Unit = transport.close()
}

internal class ConnectorBuilder : Connector.Builder {
    private var limit = TransportConfig.DEFAULT.limit
    private var limitPerHost = TransportConfig.DEFAULT.limitPerHost
    private var keepAliveTimeout = TransportConfig.DEFAULT.keepAliveTimeout
    private var tls = TlsContext.DEFAULT
    private val tlsByOrigin = HashMap<Origin, TlsContext>()

    override fun limit(limit: Int): Connector.Builder {
        require(limit >= 0) { "The limit of connections is negative: $limit; 0 stands for no limit" }
        return apply { this.limit = limit }
    }

    override fun limitPerHost(limit: Int): Connector.Builder {
        require(limit >= 0) { "The limit of connections per host is negative: $limit; 0 stands for no limit" }
        return apply { limitPerHost = limit }
    }

    override fun keepAliveTimeout(timeout: Duration): Connector.Builder {
        require(!timeout.isNegative) { "The keep-alive timeout is negative: $timeout" }
        return apply { keepAliveTimeout = timeout }
    }

    override fun tls(settings: TlsSettings): Connector.Builder = apply { tls = settings.toContext() }

    override fun tls(origin: String, settings: TlsSettings): Connector.Builder {
        val uri = try {
            Urls.parse(origin)
        } catch (invalid: InvalidUrlException) {
            throw IllegalArgumentException("TLS settings for what is no origin: ${invalid.message}", invalid)
        }
        require(uri.scheme == "https" && uri.rawAuthority.none { it == '@' } && Urls.target(uri) == "/") {
            "TLS settings for what is no origin such as https://host:8443: ${Urls.public(uri)}"
        }
        return apply { tlsByOrigin[Urls.origin(uri)] = settings.toContext() }
    }

    override fun sslContext(context: SSLContext): Connector.Builder = apply { tls = TlsContext.of(context) }

    override fun build(): Connector =
        PooledConnector(TransportConfig(limit, limitPerHost, keepAliveTimeout, TlsChoice(tlsByOrigin, tls)))
}

internal fun TlsSettings.toContext(): TlsContext =
    this as? TlsContext ?: throw IllegalArgumentException("Not TLS settings of Jawait's: $this")

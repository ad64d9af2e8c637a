package dev.jawait.runtime.session

import dev.jawait.http.AddressFamily
import dev.jawait.http.Connector
import dev.jawait.http.Resolver
import dev.jawait.http.TlsSettings
import dev.jawait.runtime.net.Dialing
import dev.jawait.runtime.net.Dns
import dev.jawait.runtime.net.TlsContext
import dev.jawait.runtime.transport.HeadLimits
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.TlsChoice
import dev.jawait.runtime.transport.TransportConfig
import java.net.Inet4Address
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnixDomainSocketAddress
import java.nio.file.Path
import java.time.Duration
import javax.net.ssl.SSLContext

/** Gathers the settings of a connector. */
internal class ConnectorBuilder : Connector.Builder {
    private var limit = TransportConfig.DEFAULT.limit
    private var limitPerHost = TransportConfig.DEFAULT.limitPerHost
    private var keepAliveTimeout = TransportConfig.DEFAULT.keepAliveTimeout
    private var tls = TlsContext.DEFAULT
    private val tlsByOrigin = HashMap<Origin, TlsContext>()
    private var maxAge: Duration? = null
    private var head = HeadLimits.DEFAULT
    private var readBufferSize = TransportConfig.DEFAULT.bodyBuffer
    private var happyEyeballsDelay = Dialing.DEFAULT.delay
    private var family: AddressFamily? = null
    private var localAddress: InetAddress? = null
    private var unixSocket: Path? = null
    private var resolver: Resolver? = null
    private var dnsTtl = Dns.DEFAULT.ttl
    private var dnsNegativeTtl = Dns.DEFAULT.negativeTtl

    override fun limit(limit: Int): Connector.Builder {
        require(limit >= 0) { "The limit of connections is negative: $limit; 0 stands for no limit" }
        return apply { this.limit = limit }
    }

    override fun limitPerHost(limit: Int): Connector.Builder {
        require(limit >= 0) { "The limit of connections per host is negative: $limit; 0 stands for no limit" }
        return apply { limitPerHost = limit }
    }

    override fun keepAliveTimeout(timeout: Duration): Connector.Builder =
        apply { keepAliveTimeout = notNegative("keep-alive timeout", timeout) }

    override fun maxAge(age: Duration): Connector.Builder {
        require(!age.isNegative && !age.isZero) {
            "The greatest age of connections is $age; for connections that are never used again there is " +
                "keepAliveTimeout(Duration.ZERO)"
        }
        return apply { maxAge = age }
    }

    override fun headLimits(maxLineSize: Int, maxFieldSize: Int, maxHeaders: Int): Connector.Builder =
        apply { head = HeadLimits(maxLineSize, maxFieldSize, maxHeaders) }

    override fun readBufferSize(bytes: Int): Connector.Builder {
        require(bytes > 0) { "The size of the buffer is not positive: $bytes" }
        return apply { readBufferSize = bytes }
    }

    override fun tls(settings: TlsSettings): Connector.Builder = apply { tls = settings.toContext() }

    override fun tls(origin: String, settings: TlsSettings): Connector.Builder {
        val uri = Urls.setting(origin, "TLS settings for what is no origin")
        require(uri.scheme == "https" && uri.rawAuthority.none { it == '@' } && Urls.target(uri) == "/") {
            "TLS settings for what is no origin such as https://host:8443: ${Urls.public(uri)}"
        }
        return apply { tlsByOrigin[Urls.origin(uri)] = settings.toContext() }
    }

    override fun sslContext(context: SSLContext): Connector.Builder = apply { tls = TlsContext.of(context) }

    override fun happyEyeballsDelay(delay: Duration): Connector.Builder {
        require(delay.isZero || delay >= LEAST_DELAY) {
            "The delay between addresses is $delay; RFC 8305 allows 10 ms at least, and zero stands for one after the other"
        }
        return apply { happyEyeballsDelay = delay }
    }

    override fun addressFamily(family: AddressFamily): Connector.Builder = apply { this.family = family }

    override fun localAddress(address: InetAddress): Connector.Builder = apply { localAddress = address }

    override fun unixSocket(path: Path): Connector.Builder =
        apply { unixSocket = UnixDomainSocketAddress.of(path).path }

    override fun resolver(resolver: Resolver): Connector.Builder = apply { this.resolver = resolver }

    override fun dnsCacheTtl(ttl: Duration): Connector.Builder =
        apply { dnsTtl = notNegative("time that addresses are kept", ttl) }

    override fun dnsNegativeTtl(ttl: Duration): Connector.Builder =
        apply { dnsNegativeTtl = notNegative("time that failures of look-ups are kept", ttl) }

    private fun notNegative(what: String, duration: Duration): Duration =
        duration.also { require(!it.isNegative) { "The $what is negative: $it" } }

    override fun build(): Connector = open().watched()

    /** As [build]; whoever has it closes it without being reminded. */
    fun open(): PooledConnector {
        checkConsistent()
        val dns = Dns(resolver ?: Dns.DEFAULT.resolver, dnsTtl, dnsNegativeTtl)
        return PooledConnector(
            TransportConfig(
                limit,
                limitPerHost,
                keepAliveTimeout,
                maxAge,
                head,
                readBufferSize,
                TlsChoice(tlsByOrigin, tls),
                dns,
                dialing(),
            ),
        )
    }

    private fun dialing() = Dialing(
        family ?: AddressFamily.ANY,
        localAddress?.let { InetSocketAddress(it, 0) },
        unixSocket,
        happyEyeballsDelay,
    )

    private fun checkConsistent() {
        val choosesAddresses = localAddress != null || family != null || resolver != null
        require(unixSocket == null || !choosesAddresses) {
            "A connector to a Unix socket looks up and chooses no addresses: it has no localAddress, addressFamily or resolver"
        }
        val local = localAddress ?: return
        val excluded = if (local is Inet4Address) AddressFamily.IPV6 else AddressFamily.IPV4
        require(family != excluded) { "From the local address $local no address of the family $family can be reached" }
    }

    private companion object {
        private val LEAST_DELAY = Duration.ofMillis(10)
    }
}

internal fun TlsSettings.toContext(): TlsContext =
    this as? TlsContext ?: throw IllegalArgumentException("Not TLS settings of Jawait's: $this")

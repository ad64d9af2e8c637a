package dev.jawait.kotlin

import dev.jawait.http.ClientSession
import dev.jawait.http.ClientTimeout
import dev.jawait.http.CookieJar
import dev.jawait.http.HttpEngine
import dev.jawait.http.Proxy
import dev.jawait.runtime.ktor.KtorSenderEngine
import dev.jawait.runtime.ktor.PooledEngine
import dev.jawait.runtime.session.ConnectorBuilder
import dev.jawait.runtime.session.SessionImpl
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.engine.ProxyConfig
import java.net.InetSocketAddress
import java.time.Duration

/** Engines of Ktor's for [ClientSession.Builder.engine], in a form that Java can call. */
public object KtorEngines {
    /** Sends through an engine of Ktor's, `CIO` for instance, in place of the pool; `CIO.INSTANCE` from Java. */
    @JvmStatic
    public fun of(factory: HttpClientEngineFactory<*>): HttpEngine = KtorSenderEngine(factory)
}

/** [KtorEngines.of] for Kotlin: `engine(CIO)`. */
public fun ClientSession.Builder.engine(factory: HttpClientEngineFactory<*>): ClientSession.Builder =
    engine(KtorEngines.of(factory))

/** The pooled engine for Ktor's own client: `HttpClient(Jawait) { engine { limit = 20 } }`. */
public data object Jawait : HttpClientEngineFactory<JawaitEngineConfig> {
    /** An engine with a pool of its own, as [block] sets it up. What is closed with it is the pool. */
    override fun create(block: JawaitEngineConfig.() -> Unit): HttpClientEngine {
        val config = JawaitEngineConfig().apply(block)
        val pool = ConnectorBuilder()
        pool.limit(config.limit).limitPerHost(config.limitPerHost).keepAliveTimeout(config.keepAliveTimeout)
        val proxy = config.proxy?.let(::proxy)
        return PooledEngine(config, pool.open(), true, CookieJar.none(), ClientTimeout.DEFAULT) { proxy }
    }

    private fun proxy(proxy: ProxyConfig): Proxy? {
        val address = proxy.address() as? InetSocketAddress ?: return null
        val scheme = if (proxy.type() == java.net.Proxy.Type.SOCKS) "socks5" else "http"
        val host = if (':' in address.hostString) "[${address.hostString}]" else address.hostString
        return Proxy.of("$scheme://$host:${address.port}")
    }
}

/** What [Jawait] can be told; see [dev.jawait.http.Connector.Builder]. */
public class JawaitEngineConfig : HttpClientEngineConfig() {
    /** How many connections there may be in all; 0 for no limit. */
    public var limit: Int = 100

    /** How many connections there may be to one origin; 0 for no limit. */
    public var limitPerHost: Int = 0

    /** How long a connection may idle and still be used again. */
    public var keepAliveTimeout: Duration = Duration.ofSeconds(15)
}

/**
 * A client of Ktor's over the session's pool, cookies and time limits, for Ktor's plugins; `session.httpClient.config { }`
 * adds some. It is closed with the session.
 */
public val ClientSession.httpClient: HttpClient
    get() {
        val session = this as SessionImpl
        return session.attachment(HttpClient::class) {
            val settings = session.settings
            HttpClient(
                PooledEngine(
                    HttpClientEngineConfig(),
                    settings.sender,
                    false,
                    settings.cookieJar,
                    settings.timeout,
                    settings::proxyFor,
                ),
            )
        }
    }

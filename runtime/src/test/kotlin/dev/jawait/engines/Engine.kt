package dev.jawait.engines

import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.Proxy
import dev.jawait.kotlin.KtorEngines
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.engine.ProxyBuilder
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.cio.CIOEngineConfig
import io.ktor.http.Url
import io.ktor.network.tls.addKeyStore
import java.net.URI
import java.security.KeyStore
import java.time.Duration
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.X509TrustManager

/** What a row needs of a session beside the defaults. */
internal class Setup(val trust: X509TrustManager? = null, val keys: KeyStore? = null, val proxy: String? = null) {
    val sslContext: SSLContext
        get() {
            val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
            keys?.let { managers.init(it, PASSWORD) }
            return SSLContext.getInstance("TLS").apply {
                init(if (keys == null) null else managers.keyManagers, trust?.let { arrayOf(it) }, null)
            }
        }

    companion object {
        val PASSWORD: CharArray = "changeit".toCharArray()
    }
}

/** What a session may send through. */
internal enum class Engine {
    /** Ours. */
    POOLED {
        override fun configure(session: ClientSession.Builder, setup: Setup) {
            setup.proxy?.let { session.proxy(Proxy.of(it)) }
            session.connector(Connector.builder().sslContext(setup.sslContext).build())
        }
    },

    /** Ktor's, as it comes. */
    CIO_AS_IT_COMES {
        override fun configure(session: ClientSession.Builder, setup: Setup) {
            session.engine(KtorEngines.of(Configured(setup)))
        }
    }, ;

    abstract fun configure(session: ClientSession.Builder, setup: Setup)

    fun session(setup: Setup): ClientSession {
        val builder = ClientSession.builder()
        builder.timeout(
            dev.jawait.http.ClientTimeout.builder().total(Duration.ofSeconds(5)).build(),
        )
        configure(builder, setup)
        return builder.build()
    }
}

private class Configured(private val setup: Setup) : HttpClientEngineFactory<CIOEngineConfig> {
    override fun create(block: CIOEngineConfig.() -> Unit): HttpClientEngine = CIO.create {
        block()
        https {
            trustManager = setup.trust
            setup.keys?.let { addKeyStore(it, Setup.PASSWORD, it.aliases().asSequence().first(it::isKeyEntry)) }
        }
        proxy = setup.proxy?.let(::proxy)
    }

    private fun proxy(url: String) = URI(url).let {
        if (it.scheme == "socks5") ProxyBuilder.socks(it.host, it.port) else ProxyBuilder.http(Url(url))
    }
}

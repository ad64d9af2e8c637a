package dev.jawait.engines

import dev.jawait.http.ClientException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.testing.ScriptedConnection
import dev.jawait.testing.ScriptedServer
import dev.jawait.testing.TestCertificates
import dev.jawait.testing.TestProxy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.maps.shouldNotContainKey
import io.kotest.matchers.shouldBe
import io.netty.pkitesting.CertificateBuilder.Algorithm
import java.net.ServerSocket
import java.net.Socket
import java.security.cert.X509Certificate
import java.util.concurrent.CopyOnWriteArrayList
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLServerSocket
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509ExtendedTrustManager
import javax.net.ssl.X509TrustManager

private val LOCALHOST = TestCertificates.forHost("localhost")
private val ELSEWHERE = TestCertificates.forHost("elsewhere.example")
private val NAMELESS = TestCertificates.withoutSan("localhost")

private val TestCertificates.trust: X509TrustManager
    get() = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        .apply {
            init(
                java.security.KeyStore.getInstance("PKCS12").apply {
                    load(null)
                    setCertificateEntry("authority", authority())
                },
            )
        }
        .trustManagers.filterIsInstance<X509TrustManager>().single()

private fun trusting(certificates: TestCertificates) = Setup(trust = certificates.trust)

private suspend fun <R> tls(context: SSLContext, block: suspend (ScriptedServer) -> R): R =
    ScriptedServer.startTls(context) {
        while (true) it.send(ScriptedServer.ok((it.readRequest() ?: break).head()))
    }.use { block(it) }

private suspend fun ClientSession.head(server: ScriptedServer) = get(server.url("/")).text().await()

/** A server that speaks TLS as [settings] say. */
private suspend fun <R> special(settings: (SSLServerSocket) -> Unit, block: suspend (String) -> R): R {
    val socket = LOCALHOST.serverContext().serverSocketFactory.createServerSocket(0) as SSLServerSocket
    socket.use { server ->
        settings(server)
        Thread {
            runCatching {
                server.accept().use { client ->
                    client.getInputStream().read(ByteArray(4096))
                    client.getOutputStream().write(ScriptedServer.ok("ok").toByteArray())
                }
            }
        }.apply { isDaemon = true }.start()
        return block("https://localhost:${server.localPort}/")
    }
}

private val ENGINES_SEEN = CopyOnWriteArrayList<SSLEngine>()

/** Trusts all, and notes whether it is told with whom it is dealing. */
private object Curious : X509ExtendedTrustManager() {
    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String, engine: SSLEngine) {
        ENGINES_SEEN.add(engine)
    }

    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String, socket: Socket): Unit = Unit

    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String): Unit = Unit

    override fun checkClientTrusted(chain: Array<X509Certificate>, type: String): Unit = Unit

    override fun checkClientTrusted(chain: Array<X509Certificate>, type: String, socket: Socket): Unit = Unit

    override fun checkClientTrusted(chain: Array<X509Certificate>, type: String, engine: SSLEngine): Unit = Unit

    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
}

/** A port that nobody listens at. */
private val CLOSED_PORT = ServerSocket(0).use { it.localPort }

private val PROXY = TestProxy.start()

private val REDIRECTING_PROXY =
    ScriptedServer.answering("HTTP/1.1 302 Go\r\nLocation: http://localhost/\r\nContent-Length: 0\r\n\r\n")

/** What is asked of a client in the way of TLS and proxies. */
internal val SECURE: List<Row> = listOf(
    row("tls", trusting(LOCALHOST)) { session ->
        tls(LOCALHOST.serverContext()) { session.get(it.url("/")).receive { r -> r.status }.await() shouldBe 200 }
    },
    row("certificate-not-trusted", trusting(ELSEWHERE)) { session ->
        tls(LOCALHOST.serverContext()) { shouldThrow<ClientException> { session.head(it) } }
    },
    row("certificate-of-another-host", trusting(ELSEWHERE)) { session ->
        tls(ELSEWHERE.serverContext()) { shouldThrow<ClientException> { session.head(it) } }
    },
    row("certificate-without-a-host", trusting(NAMELESS)) { session ->
        tls(NAMELESS.serverContext()) { shouldThrow<ClientException> { session.head(it) } }
    },
    row("tls-1.3-alone", trusting(LOCALHOST)) { session ->
        special({ it.enabledProtocols = arrayOf("TLSv1.3") }) { session.get(it).text().await() shouldBe "ok" }
    },
    row("tls-1.2-alone", trusting(LOCALHOST)) { session ->
        special({ it.enabledProtocols = arrayOf("TLSv1.2") }) { session.get(it).text().await() shouldBe "ok" }
    },
    row("client-certificate-rsa", client(Algorithm.rsa2048)) { session ->
        special({ it.needClientAuth = true }) { session.get(it).text().await() shouldBe "ok" }
    },
    row("client-certificate-ec", client(Algorithm.ecp256)) { session ->
        special({ it.needClientAuth = true }) { session.get(it).text().await() shouldBe "ok" }
    },
    row("trust-manager-sees-the-engine", Setup(trust = Curious)) { session ->
        ENGINES_SEEN.clear()
        tls(LOCALHOST.serverContext()) { runCatching { session.head(it) } }
        ENGINES_SEEN.shouldNotBeEmpty()
    },
    row("dead-socks-proxy", Setup(proxy = "socks5://127.0.0.1:$CLOSED_PORT")) { session ->
        ScriptedServer.answering(ScriptedServer.ok("direct")).use {
            shouldThrow<ClientException> { session.head(it) }
            it.requests() shouldBe 0
        }
    },
    row("dead-http-proxy", Setup(proxy = "http://127.0.0.1:$CLOSED_PORT")) { session ->
        ScriptedServer.answering(ScriptedServer.ok("direct")).use {
            shouldThrow<ClientException> { session.head(it) }
            it.requests() shouldBe 0
        }
    },
    row("tunnel-refused", Setup(trust = LOCALHOST.trust, proxy = REDIRECTING_PROXY.url("/"))) { session ->
        tls(LOCALHOST.serverContext()) { shouldThrow<ClientException> { session.head(it) }.message!!.contains("302") }
    },
    row("origin-form-in-a-tunnel", Setup(trust = LOCALHOST.trust, proxy = PROXY.url("user:pass@"))) { session ->
        val seen = CopyOnWriteArrayList<ScriptedConnection.Request>()
        ScriptedServer.startTls(LOCALHOST.serverContext()) {
            seen.add(it.readRequest()!!)
            it.send(ScriptedServer.ok("ok"))
        }.use { session.head(it) shouldBe "ok" }
        seen.single().target() shouldBe "/"
        seen.single().headers() shouldNotContainKey "Proxy-Authorization"
    },
    row("a-tunnel-for-each-host", Setup(trust = LOCALHOST.trust, proxy = PROXY.url(""))) { session ->
        tls(LOCALHOST.serverContext()) { one ->
            tls(LOCALHOST.serverContext()) { other ->
                session.head(one)
                session.head(other)
                one.requests() shouldBe 1
                other.requests() shouldBe 1
            }
        }
    },
)

private fun client(algorithm: Algorithm) = Setup(
    trust = LOCALHOST.trust,
    keys = LOCALHOST.client(algorithm).toKeyStore(Setup.PASSWORD),
)

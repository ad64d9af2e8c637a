package dev.jawait.engines

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.RequestBody
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.NothingLeftListener
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.testing.Program
import dev.jawait.testing.TestCertificates
import dev.jawait.testing.Waiting
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.request.receiveChannel
import io.ktor.server.response.respondBytes
import io.ktor.server.response.respondRedirect
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.utils.io.toByteArray
import kotlinx.coroutines.flow.take
import org.opentest4j.TestAbortedException
import java.io.ByteArrayInputStream
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.Executors

private val LARGE = "0123456789".repeat(300_000)
private val CERTIFICATES = TestCertificates.rsaForHost("localhost")

/** A server that nobody here wrote: `/small`, `/large`, `/empty`, `/missing`, `/moved`, and POST to `/upload`. */
private class RealServer(val url: String, private val stop: () -> Unit) : AutoCloseable {
    override fun close(): Unit = stop()
}

private fun jdk(server: HttpServer, scheme: String): RealServer {
    val threads = Executors.newCachedThreadPool()
    fun HttpExchange.answer(status: Int, text: String) {
        requestBody.readAllBytes()
        val isBodiless = requestMethod == "HEAD" || status == 204
        sendResponseHeaders(status, if (isBodiless) -1 else text.length.toLong())
        if (!isBodiless) responseBody.write(text.toByteArray())
        close()
    }
    server.executor = threads
    server.createContext("/") { it.answer(404, "missing") }
    server.createContext("/small") { it.answer(200, "small") }
    server.createContext("/large") { it.answer(200, LARGE) }
    server.createContext("/empty") { it.answer(204, "") }
    server.createContext("/upload") { it.answer(200, "${it.requestBody.readAllBytes().size}") }
    server.createContext("/moved") {
        it.responseHeaders.add("Location", "/small")
        it.answer(302, "moved")
    }
    server.start()
    return RealServer("$scheme://localhost:${server.address.port}") {
        server.stop(0)
        threads.shutdownNow()
    }
}

private val LOOPBACK get() = InetSocketAddress(InetAddress.getLoopbackAddress(), 0)

private fun jdkHttp() = jdk(HttpServer.create(LOOPBACK, 0), "http")

private fun jdkHttps() = jdk(
    HttpsServer.create(LOOPBACK, 0).apply { httpsConfigurator = HttpsConfigurator(CERTIFICATES.serverContext()) },
    "https",
)

private suspend fun ktor(): RealServer {
    val server = embeddedServer(CIO, port = 0, host = "127.0.0.1") {
        routing {
            get("/small") { call.respondText("small") }
            get("/large") { call.respondBytes(LARGE.toByteArray()) }
            get("/empty") { call.respondText("", status = HttpStatusCode.NoContent) }
            get("/moved") { call.respondRedirect("/small") }
            post("/upload") { call.respondText("${call.receiveChannel().toByteArray().size}") }
        }
    }.start(wait = false)
    val port = server.engine.resolvedConnectors().first().port
    return RealServer("http://127.0.0.1:$port") { server.stop(0, 1000) }
}

private const val NGINX = """
daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  client_max_body_size 100m;
  keepalive_requests 100000;
  server {
    listen 127.0.0.1:HTTP;
    listen 127.0.0.1:HTTPS ssl;
    ssl_certificate server.pem;
    ssl_certificate_key key.pem;
    gzip on;
    gzip_types *;
    location /small { return 200 "small"; }
    location /large { root .; }
    location /empty { return 204; }
    location /moved { return 302 /small; }
    location /upload { proxy_pass http://127.0.0.1:HTTP/small; proxy_method GET; }
    location / { return 404 "missing"; }
  }
}
"""

private const val HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend in
  bind 127.0.0.1:PROXY
  default_backend out
backend out
  server nginx 127.0.0.1:HTTP
"""

private enum class Kind { NGINX, NGINX_TLS, HAPROXY }

private class Programs(directory: java.nio.file.Path) : AutoCloseable {
    private val http = Program.freePort()
    private val https = Program.freePort()
    private val proxy = Program.freePort()
    private val programs = ArrayList<Program>()

    init {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"))
        Files.writeString(directory.resolve("server.pem"), CERTIFICATES.server().certificatePathPEM)
        Files.writeString(directory.resolve("key.pem"), CERTIFICATES.server().privateKeyPEM)
        Files.writeString(directory.resolve("large"), LARGE)
        Files.writeString(directory.resolve("nginx.conf"), NGINX.replace("HTTPS", "$https").replace("HTTP", "$http"))
        Files.writeString(directory.resolve("haproxy.cfg"), HAPROXY.replace("PROXY", "$proxy").replace("HTTP", "$http"))
        val nginx = Program.find("nginx")
        programs.add(Program.start(directory, http, nginx, "-p", directory.toString(), "-c", "nginx.conf"))
    }

    private val directory = directory

    fun url(kind: Kind): String = when (kind) {
        Kind.NGINX -> "http://localhost:$http"

        Kind.NGINX_TLS -> "https://localhost:$https"

        Kind.HAPROXY -> {
            programs.add(Program.start(directory, proxy, Program.find("haproxy"), "-db", "-f", "haproxy.cfg"))
            "http://localhost:$proxy"
        }
    }

    override fun close(): Unit = programs.reversed().forEach(Program::close)
}

/** The session against servers of all kinds; those that are programs of the system are skipped where they are missing. */
class RealServersTest :
    FunSpec({
        extension(NothingLeftListener)
        timeout = 60_000

        suspend fun program(kind: Kind): RealServer {
            val programs = Programs(tempdir().toPath())
            try {
                return RealServer(programs.url(kind), programs::close)
            } catch (error: TestAbortedException) {
                programs.close()
                throw error
            }
        }

        val servers = LinkedHashMap<String, suspend () -> RealServer>()
        servers["the JDK's"] = { jdkHttp() }
        servers["the JDK's with TLS"] = { jdkHttps() }
        servers["Ktor's"] = { ktor() }
        Kind.entries.forEach { kind -> servers[kind.name] = { program(kind) } }

        servers.forEach { (name, start) ->
            test("$name serves requests of all kinds") {
                val connector = Connector.builder().limit(10).sslContext(CERTIFICATES.clientContext()).build()
                start().use { server ->
                    connector.use {
                        ClientSession { connector(connector) }.use { session -> exercise(session, server.url) }
                    }
                    connector.stats().open() shouldBe 0
                }
            }
        }
    })

private suspend fun exercise(session: ClientSession, url: String) {
    session.get("$url/small").text().await() shouldBe "small"
    session.head("$url/small").receive { it.status }.await() shouldBeIn listOf(200, 404, 405)
    session.get("$url/large").text().await() shouldBe LARGE
    session.get("$url/empty").receive { it.status }.await() shouldBe 204
    session.get("$url/missing").receive { it.status }.await() shouldBe 404
    session.get("$url/moved").text().await() shouldBe "small"
    session.post("$url/upload").body(ByteArray(1_000_000)).text().await() shouldBeIn listOf("1000000", "small")
    session.post("$url/upload").expectContinue(true).body(ByteArray(100)).text().await() shouldBeIn
        listOf("100", "small")
    val streamed = RequestBody.stream { ByteArrayInputStream(ByteArray(1_000_000)) }
    session.post("$url/upload").body(streamed).text().await() shouldBeIn listOf("1000000", "small")
    session.get("$url/large").receive { response -> response.body().asFlow().take(1).collect {} }.await()
    gather(List(300) { session.get("$url/small").text() }).toSet() shouldBe setOf("small")
    session.connector().stats().opened().toInt() shouldBeLessThanOrEqual 30
    Waiting.until("nothing in use") { session.connector().stats().inUse() == 0 }
}

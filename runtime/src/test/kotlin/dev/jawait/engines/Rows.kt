package dev.jawait.engines

import dev.jawait.http.ClientConnectionException
import dev.jawait.http.ClientConnectorCertificateException
import dev.jawait.http.ClientException
import dev.jawait.http.ClientPayloadException
import dev.jawait.http.ClientResponseException
import dev.jawait.http.ClientSession
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.RequestBody
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.kotlin.receive
import dev.jawait.kotlin.status
import dev.jawait.testing.Logged
import dev.jawait.testing.ScriptedConnection
import dev.jawait.testing.ScriptedServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.throwables.shouldThrowAny
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.maps.shouldNotContainKey
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.collect
import java.io.ByteArrayOutputStream
import java.util.concurrent.CopyOnWriteArrayList
import java.util.zip.GZIPOutputStream

/** One thing that is asked of an engine; [check] fails where it does not do it. */
internal class Row(val id: String, val check: suspend (ClientSession) -> Unit)

private fun row(id: String, check: suspend (ClientSession) -> Unit) = Row(id, check)

/** A server that answers each connection's first request with [response], and then closes it. */
private suspend fun <R> answering(response: String, block: suspend (ScriptedServer) -> R): R = serving({
    it.readRequest()
    it.send(response)
}, block)

private suspend fun <R> serving(script: (ScriptedConnection) -> Unit, block: suspend (ScriptedServer) -> R): R =
    ScriptedServer.start { script(it) }.use { block(it) }

/** A server that keeps its connections, and answers each request with what [answer] says. */
private suspend fun <R> keeping(
    answer: (ScriptedConnection.Request) -> String,
    block: suspend (ScriptedServer) -> R,
): R = serving({ connection ->
    while (true) connection.send(answer(connection.readRequest() ?: break))
}, block)

private suspend fun ClientSession.text(server: ScriptedServer, path: String = "/"): String =
    get(server.url(path)).text().await()

/** Reads it piece by piece, as one who does not want to hold it. */
private suspend fun ClientSession.stream(server: ScriptedServer) =
    get(server.url("/")).receive { it.body().asFlow().collect() }.await()

/** What is asked of a client in the way of framing, and of keeping to HTTP/1.1. */
internal val PROTOCOL: List<Row> = listOf(
    row("body-until-close") { session ->
        answering("HTTP/1.1 200 OK\r\n\r\nto the end") { session.text(it) shouldBe "to the end" }
    },
    row("chunked-cut-short") { session ->
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n") {
            shouldThrow<ClientException> { session.stream(it) }
        }
    },
    row("length-cut-short") { session ->
        answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") {
            shouldThrow<ClientException> { session.stream(it) }
        }
    },
    row("status-before-cut") { session ->
        answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") { server ->
            session.get(server.url("/")).receive {
                it.status shouldBe 200
                shouldThrow<ClientPayloadException> { it.text().await() }
            }.await()
        }
    },
    row("trailers") { session ->
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-After: 1\r\n\r\n") {
            session.text(it) shouldBe "ok"
        }
    },
    row("informational") { session ->
        answering("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 102 Wait\r\n\r\n" + ScriptedServer.ok("final")) {
            session.text(it) shouldBe "final"
        }
    },
    row("two-lengths") { session ->
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("length-no-number") { session ->
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("length-and-chunked") { session ->
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("bare-line-feed") { session ->
        answering("HTTP/1.1 200 OK\nContent-Length: 2\n\nok") { shouldThrow<ClientException> { session.text(it) } }
    },
    row("obs-fold") { session ->
        answering("HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 2\r\n\r\nok") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("bad-chunk-size") { session ->
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nok\r\n0\r\n\r\n") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("status-too-long") { session ->
        answering("HTTP/1.1 99999999999 OK\r\nContent-Length: 2\r\n\r\nok") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("chunked-in-capitals") { session ->
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n") {
            session.text(it) shouldBe "ok"
        }
    },
    row("expectation-refused") { session ->
        serving({
            val head = it.readHead()!!
            it.send("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n")
            if (head.headers()["Expect"] == "100-continue") it.awaitClose()
        }) { server ->
            val request = session.post(server.url("/")).expectContinue(true).body(ByteArray(100_000))
            request.receive { it.status }.await() shouldBe 417
            server.requests() shouldBe 1
        }
    },
    row("expectation-unknown") { session ->
        keeping({ ScriptedServer.ok(it.body().size.toString()) }) { server ->
            session.post(server.url("/")).expectContinue(true).body("hello").text().await() shouldBe "5"
        }
    },
    row("no-body-by-nature") { session ->
        keeping({ "HTTP/1.1 ${it.target().drop(1)} Fine\r\nContent-Length: 5\r\n\r\n" }) { server ->
            session.head(server.url("/200")).text().await() shouldBe ""
            session.get(server.url("/304")).text().await() shouldBe ""
        }
    },
    row("early-answer") { session ->
        serving({
            it.readHead()
            it.send("HTTP/1.1 413 Too large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            it.awaitClose()
        }) { server ->
            val endless = RequestBody.stream { EndlessStream() }
            session.post(server.url("/")).body(endless).receive { it.status }.await() shouldBe 413
        }
    },
    row("get-without-length") { session ->
        keeping({ ScriptedServer.ok(it.head()) }) { server ->
            session.text(server).lowercase() shouldNotContain "content-length"
        }
    },
    row("repeated-headers") { session ->
        keeping({ ScriptedServer.ok(it.head()) }) { server ->
            val head = session.get(server.url("/")).header("X-A", "1").header("X-A", "2").text().await()
            head.lines().filter { it.startsWith("X-A", ignoreCase = true) }.size shouldBe 2
        }
    },
    row("connection-used-again") { session ->
        keeping({ ScriptedServer.ok("x") }) { server ->
            repeat(3) { session.text(server) }
            server.connections() shouldBe 1
        }
    },
    row("stale-connection") { session ->
        answering(ScriptedServer.ok("x")) { server -> repeat(3) { session.text(server) shouldBe "x" } }
    },
    row("cancel-closes") { session ->
        serving({
            it.readHead()
            it.awaitClose()
        }) { server ->
            val task = session.get(server.url("/")).text().start()
            server.awaitRequests(1)
            task.cancel()
            shouldThrowAny { task.await() }
            server.awaitNoConnections()
        }
    },
    row("unread-body-closes") { session ->
        serving({
            it.readHead()
            it.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
            it.awaitClose()
        }) { server ->
            session.get(server.url("/")).receive { it.status }.await() shouldBe 200
            server.awaitNoConnections()
        }
    },
)

/** What is asked of a client in the way of safety. */
internal val SAFETY: List<Row> = listOf(
    row("injected-method") { session ->
        shouldThrow<IllegalArgumentException> { session.request("GET / HTTP/1.1\r\nX: 1", "http://localhost/") }
    },
    row("injected-target") { session ->
        keeping({ ScriptedServer.ok("x") }) { server ->
            shouldThrow<InvalidUrlException> { session.text(server, "/x\r\nInj: 1") }
            server.requests() shouldBe 0
        }
    },
    row("injected-header") { session ->
        keeping({ ScriptedServer.ok("x") }) { server ->
            for (value in listOf("a\r\nInj: 1", "a\nInj: 1", "a\u0000b")) {
                shouldThrowAny { session.get(server.url("/")).header("X-A", value).text().await() }
            }
            shouldThrowAny { session.get(server.url("/")).header("X-A: b\r\nInj", "1").text().await() }
            server.requests() shouldBe 0
        }
    },
    row("redirect-drops-secrets") { session ->
        val seen = CopyOnWriteArrayList<ScriptedConnection.Request>()
        keeping({ ScriptedServer.ok("").also { _ -> seen.add(it) } }) { other ->
            keeping({ "HTTP/1.1 302 Go\r\nLocation: ${other.url("/")}\r\nContent-Length: 0\r\n\r\n" }) { server ->
                session.get(server.url("/")).header("Authorization", "x").header("Proxy-Authorization", "x")
                    .header("X-Api-Key", "x").header("Cookie", "a=b").text().await()
            }
        }
        listOf("Authorization", "Proxy-Authorization", "X-Api-Key", "Cookie").forEach {
            seen.single().headers() shouldNotContainKey it
        }
    },
    row("redirected-post-becomes-get") { session ->
        keeping({
            if (it.target() == "/from") {
                "HTTP/1.1 303 Go\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n"
            } else {
                ScriptedServer.ok(it.method() + it.body().size)
            }
        }) { server -> session.post(server.url("/from")).body("hello").text().await() shouldBe "GET0" }
    },
    row("cookies-stay-with-their-host") { session ->
        val cookies = listOf("a=1", "b=2; Domain=localhost", "c=3; Domain=com", "d=4; Path=/deep")
        keeping({
            if (it.target() == "/set") {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + cookies.joinToString("") { c -> "Set-Cookie: $c\r\n" } +
                    "\r\n"
            } else {
                ScriptedServer.ok(it.headers()["Cookie"].orEmpty())
            }
        }) { server ->
            session.text(server, "/set")
            session.text(server) shouldNotContain "c=3"
            session.text(server) shouldNotContain "d=4"
            session.text(server) shouldContain "a=1"
            session.get(server.url("/").replace("localhost", "127.0.0.1")).text().await() shouldBe ""
        }
    },
    row("too-many-headers") { session ->
        val headers = (1..20_000).joinToString("") { "X-$it: v\r\n" }
        answering("HTTP/1.1 200 OK\r\n${headers}Content-Length: 0\r\n\r\n") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("header-too-long") { session ->
        answering("HTTP/1.1 200 OK\r\nX-A: ${"x".repeat(9000)}\r\nContent-Length: 0\r\n\r\n") {
            shouldThrow<ClientException> { session.text(it) }
        }
    },
    row("body-too-long") { session ->
        keeping({ ScriptedServer.ok("x".repeat(1000)) }) { server ->
            shouldThrow<ClientPayloadException> { session.get(server.url("/")).maxBodyBytes(100).text().await() }
        }
    },
    row("decompression") { session ->
        val zipped = ByteArrayOutputStream().also {
            GZIPOutputStream(it).use { out -> out.write("zipped".toByteArray()) }
        }
        serving({
            it.readRequest()
            it.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.size()}\r\n\r\n")
            it.send(zipped.toByteArray())
        }) { session.text(it) shouldBe "zipped" }
    },
    row("secrets-in-no-log") { session ->
        val log = Logged.by {
            kotlinx.coroutines.runBlocking {
                answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=s3cret\r\nContent-Length: 5\r\n\r\nab") { server ->
                    shouldThrow<ClientException> {
                        session.get(
                            server.url("/"),
                        ).header("Authorization", "s3cret").cookie("b", "s3cret").text().await()
                    }.toString() shouldNotContain "s3cret"
                }
            }
        }
        log shouldNotContain "s3cret"
    },
    row("refused-is-a-connection-error") { session ->
        val port = java.net.ServerSocket(0).use { it.localPort }
        shouldThrow<ClientConnectionException> { session.get("http://127.0.0.1:$port/").text().await() }
    },
)

private class EndlessStream : java.io.InputStream() {
    override fun read(): Int = 0

    override fun read(bytes: ByteArray, start: Int, length: Int): Int = length
}

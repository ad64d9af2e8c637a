package dev.jawait.samples.kotlin

import com.sun.net.httpserver.HttpServer
import dev.jawait.http.ClientPayloadException
import dev.jawait.http.ClientSession
import dev.jawait.http.ClientTimeout
import dev.jawait.http.ProgressListener
import dev.jawait.http.RequestBody
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import java.io.OutputStream
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.deleteIfExists
import kotlin.io.path.writeBytes

/** It takes as long as it takes, but not half a minute in which the server takes nothing, nor a minute for its answer. */
private val limits =
    ClientTimeout.builder()
        .total(Duration.ZERO)
        .write(Duration.ofSeconds(30))
        .firstByte(Duration.ofMinutes(1))
        .build()

/** Uploads a large file from disk, as fast as the server takes it, and tells how far it is. */
suspend fun main() {
    val server = server()
    val file = Files.createTempFile("film", ".mp4")
    val films =
        ClientSession {
            baseUrl("http://127.0.0.1:${server.address.port}/")
            timeout(limits)
            raiseForStatus(true)
        }
    try {
        file.writeBytes(ByteArray(8 shl 20))
        films.use { session ->
            println(upload(session, file))
            println(upload(session, file.resolveSibling("no such film")))
        }
    } catch (error: ClientPayloadException) {
        println("not sent: ${error.cause?.message}")
    } finally {
        file.deleteIfExists()
        server.stop(0)
    }
}

/** PUT, not POST: after a redirect, or on a connection that turns out to be dead, the file is sent again whole. */
private suspend fun upload(session: ClientSession, file: Path): String =
    session.put("film").body(RequestBody.file(file).onProgress(quarters())).text().await()

/** Tells each quarter. It is called on an event loop, so it may do little: print a line, or hand it on. */
private fun quarters(): ProgressListener {
    var told = 0L
    return ProgressListener { transferred, total ->
        val quarter = if (total > 0) 4 * transferred / total else 0
        if (quarter > told) println("${25 * quarter} %")
        told = quarter
    }
}

/** Says how many bytes it got. */
private fun server(): HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
    createContext("/") { exchange ->
        val got = exchange.requestBody.transferTo(OutputStream.nullOutputStream())
        val answer = "${exchange.requestMethod} of $got bytes".encodeToByteArray()
        exchange.sendResponseHeaders(200, answer.size.toLong())
        exchange.responseBody.write(answer)
        exchange.close()
    }
    start()
}

package dev.jawait.samples.kotlin

import com.sun.net.httpserver.HttpServer
import dev.jawait.http.ClientPayloadException
import dev.jawait.http.ClientSession
import dev.jawait.http.ClientTimeout
import dev.jawait.http.ProgressListener
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.get
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.time.Duration
import kotlin.io.path.deleteIfExists
import kotlin.io.path.exists

private const val FILM_BYTES = 8 shl 20

/** It takes as long as it takes, but not half a minute without a byte. */
private val limits = ClientTimeout.builder().total(Duration.ZERO).sockRead(Duration.ofSeconds(30)).build()

/** Streams a large file to disk and tells how far it is; a download that breaks off leaves no file behind. */
suspend fun main() {
    val server = server()
    val file = Files.createTempDirectory("films").resolve("film")
    val films =
        ClientSession {
            baseUrl("http://127.0.0.1:${server.address.port}/")
            timeout(limits)
            maxBodyBytes(1L shl 30)
            raiseForStatus(true)
        }
    try {
        films.use { session ->
            println("saved ${save(session, "film", file)} bytes")
            file.deleteIfExists()
            save(session, "half", file)
        }
    } catch (_: ClientPayloadException) {
        println("broken off, a file is there: ${file.exists()}")
    } finally {
        file.deleteIfExists()
        file.parent.deleteIfExists()
        server.stop(0)
    }
}

private suspend fun save(session: ClientSession, url: String, file: Path): Long =
    session.get(url) { it.body().onProgress(quarters()).saveTo(file, REPLACE_EXISTING).await() }.await()

/** Tells each quarter. It is called on an event loop, so it may do little: print a line, or hand it on. */
private fun quarters(): ProgressListener {
    var told = 0L
    return ProgressListener { transferred, total ->
        val quarter = if (total > 0) 4 * transferred / total else 0
        if (quarter > told) println("${25 * quarter} %")
        told = quarter
    }
}

/** A film of 8 MiB, and one that ends halfway. */
private fun server(): HttpServer = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0).apply {
    createContext("/") { exchange ->
        exchange.sendResponseHeaders(200, FILM_BYTES.toLong())
        val isWhole = exchange.requestURI.path == "/film"
        exchange.responseBody.write(ByteArray(if (isWhole) FILM_BYTES else FILM_BYTES / 2))
        exchange.responseBody.flush()
        exchange.close()
    }
    start()
}

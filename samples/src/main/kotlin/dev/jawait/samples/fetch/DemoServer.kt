package dev.jawait.samples.fetch

import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.routing.routing
import kotlinx.coroutines.runBlocking

/** The server of the demonstration, on loopback: see [demoPages]. */
internal class DemoServer : AutoCloseable {
    private val server = embeddedServer(CIO, port = 0, host = "127.0.0.1") { routing { demoPages() } }.start()
    private val port = runBlocking { server.engine.resolvedConnectors().first().port }

    /** The URL of [path], which starts with a slash. */
    fun url(path: String): String = "http://127.0.0.1:$port$path"

    override fun close() = server.stop(gracePeriodMillis = 0, timeoutMillis = 0)
}

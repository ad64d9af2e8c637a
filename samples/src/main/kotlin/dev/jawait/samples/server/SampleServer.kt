package dev.jawait.samples.server

import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.routing.routing
import kotlinx.coroutines.runBlocking

/** A small HTTP server on loopback, for the samples: it answers slowly, counts who asks, echoes, and sets a cookie. */
class SampleServer : AutoCloseable {
    private val load = Load()
    private val server =
        embeddedServer(CIO, port = 0, host = "127.0.0.1") {
            routing {
                scenarioPages(load)
                demoPages()
            }
        }.start()
    private val port = runBlocking { server.engine.resolvedConnectors().first().port }

    /** The URL of [path], which starts with a slash. */
    fun url(path: String): String = "http://127.0.0.1:$port$path"

    /** How many requests to `/busy` there were at once, at most. */
    fun mostAtOnce(): Int = load.mostAtOnce

    /** How many connections the requests to `/busy` came over. */
    fun connections(): Int = load.connections

    /** Starts to count anew. */
    fun resetCounts() = load.reset()

    override fun close() = server.stop(gracePeriodMillis = 0, timeoutMillis = 0)
}

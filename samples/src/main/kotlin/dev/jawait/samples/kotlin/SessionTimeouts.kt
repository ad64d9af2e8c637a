package dev.jawait.samples.kotlin

import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientTimeout
import dev.jawait.http.ClientTimeoutException
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

/** S03: the time limits of a session, and those of a request in their place; a time-out is an exception. */
suspend fun main() {
    val limits = ClientTimeout.builder().total(units(10)).connect(units(1)).build()
    SampleServer().use { server ->
        ClientSession { timeout(limits) }.use { session ->
            // The first request of a JVM is not one to time.
            session.get(server.url("/slow")).timeout(ClientTimeout.NONE).text().await()
            println("S03 session limit holds ${session.get(server.url("/slow?units=3")) { it.status }.await()}")
            tryOut("request limit", session.get(server.url("/slow?units=5")).timeout(units(1)))
            tryOut("session limit", session.get(server.url("/slow?units=20")))
        }
    }
}

private suspend fun tryOut(name: String, request: ClientRequest) {
    try {
        request.text().await()
    } catch (error: ClientTimeoutException) {
        println("S03 $name timeout after ${error.elapsed().toMillis() / 100}")
    }
}

private fun units(units: Int) = (100 * units).milliseconds.toJavaDuration()

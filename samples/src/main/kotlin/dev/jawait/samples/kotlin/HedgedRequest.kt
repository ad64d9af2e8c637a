package dev.jawait.samples.kotlin

import dev.jawait.http.ClientResponseException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.hedge
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** About what 95 of 100 answers take: then few requests are sent twice. */
private val delay = 100.milliseconds

/** Asks a second replica where the first has not answered after 100 ms, or has failed; the first good answer counts. */
suspend fun main() {
    SampleServer().use { server ->
        val service =
            ClientSession {
                baseUrl(server.url("/"))
                raiseForStatus(true)
            }
        service.use { session ->
            val broken = "slow?body=first&status=503"
            try {
                println("first is slow: ${ask(session, "slow?body=first&units=30", "slow?body=second")}")
                println("first fails: ${ask(session, broken, "slow?body=second")}")
                println("both fail: ${ask(session, broken, "slow?status=500")}")
            } catch (error: ClientResponseException) {
                println("both fail: ${error.status()} and ${error.suppressed.size} more")
            }
        }
    }
}

/** The one that is not needed is cancelled, and its connection closed. Only for what may be asked twice. */
private suspend fun ask(session: ClientSession, vararg replicas: String): String =
    hedge(delay, replicas.map { session.get(it).timeout(5.seconds).text() })

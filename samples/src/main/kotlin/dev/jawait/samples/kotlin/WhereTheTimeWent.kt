package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientTimeout
import dev.jawait.http.ClientTimeoutException
import dev.jawait.http.Connector
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.withTimeout
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.toJavaDuration

/** W6: a bare time limit says nothing of where the time went; a session's names the phase, the limit and the URL. */
suspend fun main() {
    val limit = 200.milliseconds
    val pool = ClientTimeout.builder().pool(100.milliseconds.toJavaDuration()).build()
    SampleServer().use { server ->
        Connector.builder().limit(1).build().use { one ->
            ClientSession { connector(one) }.use { session ->
                session.get(server.url("/slow")).text().await() // The first request of a JVM is not one to time.
                val request = session.get(server.url("/slow?units=5"))
                tell { withTimeout(limit) { request.text().await() } }
                tell { request.timeout(limit.toJavaDuration()).text().await() }
                tell {
                    val both = List(2) { session.get(server.url("/slow?units=3")).timeout(pool).text() }
                    gather(both, cancelOnFailure = true)
                }
            }
        }
    }
}

private suspend fun tell(work: suspend () -> Unit) {
    try {
        work()
    } catch (late: ClientTimeoutException) {
        val limit = "${late.limitName()} of ${late.limit().toMillis()} ms"
        val units = late.elapsed().toMillis() / 100
        println("W6 session: ${late.phase()}, limit $limit, after $units, ${late.method()} ${late.url().path}")
    } catch (late: AsyncTimeoutException) {
        println("W6 withTimeout: ${late.message}")
    }
}

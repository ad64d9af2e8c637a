package dev.jawait.samples.kotlin

import dev.jawait.AsyncTimeoutException
import dev.jawait.Coroutine
import dev.jawait.http.ClientException
import dev.jawait.http.ClientResponseException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import kotlin.time.Duration.Companion.seconds

private val deadline = 1.5.seconds

/** Asks three services at once, for 1.5 seconds at most; the answer may lack the reviews, but not the name and the price. */
suspend fun main() {
    SampleServer().use { server ->
        val services =
            ClientSession {
                baseUrl(server.url("/"))
                raiseForStatus(true)
            }
        services.use { session ->
            try {
                println(page(session, "slow?body=7", "slow?body=good"))
                println(page(session, "slow?body=7", "slow?body=good&units=30"))
                println(page(session, "slow?status=503", "slow?body=good"))
            } catch (error: ClientResponseException) {
                println("no page, since the price answers ${error.status()}")
            }
        }
    }
}

/** The first error of what is needed ends the others. */
private suspend fun page(session: ClientSession, price: String, reviews: String): String = gather(
    listOf(
        ask(session, "slow?body=tea"),
        ask(session, price),
        coroutine { awaitOr("no reviews", ask(session, reviews)) },
    ),
    cancelOnFailure = true,
).joinToString()

private fun ask(session: ClientSession, url: String): Coroutine<String> = session.get(url).timeout(deadline).text()

/** A service that is late or in trouble is done without; a cancel or a fault of ours still counts. */
private suspend fun awaitOr(otherwise: String, request: Coroutine<String>): String = try {
    request.await()
} catch (_: AsyncTimeoutException) {
    otherwise
} catch (_: ClientException) {
    otherwise
}

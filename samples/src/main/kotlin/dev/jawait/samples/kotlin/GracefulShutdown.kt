package dev.jawait.samples.kotlin

import dev.jawait.Coroutine
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.gatherOutcomes
import dev.jawait.kotlin.startEagerly
import dev.jawait.kotlin.timeout
import dev.jawait.samples.server.SampleServer
import kotlinx.coroutines.Job
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

private val grace = Duration.ofSeconds(8)

private class Prices(url: String) {
    val session =
        ClientSession {
            baseUrl(url)
            raiseForStatus(true)
        }

    fun of(item: String): Coroutine<String> =
        session.get("slow?units=2").param("body", "$item costs 7").timeout(5.seconds).text()
}

/** One session for a whole service; when that is told to stop, it takes no more and ends what runs. */
suspend fun main() {
    SampleServer().use { server -> serve(Prices(server.url("/")), Job().apply { complete() }) }
    println("stopped")
}

/** Serves until [stop] has ended, which a shutdown hook sees to. */
private suspend fun serve(prices: Prices, stop: Job) {
    val running = startEagerly(prices.of("tea"))
    stop.join()
    val closing = startEagerly(prices.session.closeGracefully(grace))
    println("a new request is refused: ${!gatherOutcomes(prices.of("milk")).single().isSuccess}")
    println("what ran: ${running.await()}")
    println("all ended by themselves: ${closing.await()}")
}

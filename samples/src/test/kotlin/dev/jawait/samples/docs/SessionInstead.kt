package dev.jawait.samples.docs

import dev.jawait.AsyncTimeoutException
import dev.jawait.http.ClientSession
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.await
import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.get
import dev.jawait.kotlin.status
import dev.jawait.kotlin.withTimeout
import kotlin.time.Duration.Companion.seconds

private suspend fun ClientSession.status(url: String): String = try {
    withTimeout(3.seconds) { get(url) { it.status }.await().toString() }
} catch (_: AsyncTimeoutException) {
    "late"
}

suspend fun main(urls: Array<String>) {
    ClientSession().use { session ->
        println(gather(urls.map { url -> coroutine { session.status(url) } }))
    }
}

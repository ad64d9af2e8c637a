package dev.jawait.samples.docs

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.get
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

private suspend fun HttpClient.status(url: String): String =
    withTimeoutOrNull(3.seconds) { get(url).status.value.toString() } ?: "late"

suspend fun main(urls: Array<String>) {
    HttpClient(CIO).use { client ->
        println(coroutineScope { urls.map { url -> async { client.status(url) } }.awaitAll() })
    }
}

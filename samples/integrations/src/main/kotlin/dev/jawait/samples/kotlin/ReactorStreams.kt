package dev.jawait.samples.kotlin

import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientSession
import dev.jawait.http.RequestBody
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.samples.server.SampleServer
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono
import reactor.adapter.JdkFlowAdapter
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import java.nio.ByteBuffer

/** Reactor and Jawait, both ways: each asks the other for no more than it can take, and a cancel goes through. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession { baseUrl(server.url("/")).raiseForStatus(true) }.use { session ->
            println("a Mono awaited: ${Mono.just("tea").awaitSingle()}")
            println("the sum of a Flux: ${sum(Flux.range(1, 4))}")
            println("a request as a Mono: ${text(session.get("slow?body=milk")).awaitSingle()}")
            session.get("slow?body=one%0Atwo%0Athree").await().use { response ->
                val lines = JdkFlowAdapter.flowPublisherToFlux(response.body().lines())
                println("two lines, sent on: ${echo(session, lines.take(2))}")
            }
        }
    }
}

private suspend fun sum(numbers: Flux<Int>): Int =
    JdkFlowAdapter.publisherToFlowPublisher(numbers).asFlow().fold(0) { sum, number -> sum + number }

/** Each subscription sends it; one that is cancelled cancels it. */
private fun text(request: ClientRequest): Mono<String> = mono { request.text().await() }

private suspend fun echo(session: ClientSession, words: Flux<String>): String {
    val buffers = words.map { ByteBuffer.wrap("$it.".encodeToByteArray()) }
    return session.post(
        "echo",
    ).body(RequestBody.publisher(JdkFlowAdapter.publisherToFlowPublisher(buffers))).text().await()
}

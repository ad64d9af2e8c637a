package dev.jawait.samples.kotlin

import dev.jawait.http.ClientRequest
import dev.jawait.http.ClientSession
import dev.jawait.http.RequestBody
import dev.jawait.kotlin.ClientSession
import dev.jawait.kotlin.asFlow
import dev.jawait.kotlin.await
import dev.jawait.samples.server.SampleServer
import io.reactivex.rxjava3.core.Flowable
import io.reactivex.rxjava3.core.Single
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.future.await
import org.reactivestreams.FlowAdapters
import java.nio.ByteBuffer

/** RxJava and Jawait, both ways: each asks the other for no more than it can take, and a cancel goes through. */
suspend fun main() {
    SampleServer().use { server ->
        ClientSession { baseUrl(server.url("/")).raiseForStatus(true) }.use { session ->
            println("a Single awaited: ${Single.just("tea").toCompletionStage().await()}")
            println("the sum of a Flowable: ${sum(Flowable.range(1, 4))}")
            println("a request as a Single: ${text(session.get("slow?body=milk")).toCompletionStage().await()}")
            session.get("slow?body=one%0Atwo%0Athree").await().use { response ->
                val lines = Flowable.fromPublisher(FlowAdapters.toPublisher(response.body().lines()))
                println("two lines, sent on: ${echo(session, lines.take(2))}")
            }
        }
    }
}

private suspend fun sum(numbers: Flowable<Int>): Int =
    FlowAdapters.toFlowPublisher(numbers).asFlow().fold(0) { sum, number -> sum + number }

/** Each subscription sends it; one that is disposed of cancels it. */
private fun text(request: ClientRequest): Single<String> = Single.create { emitter ->
    val text = request.text().toFuture()
    emitter.setCancellable { text.cancel(true) }
    text.whenComplete { value, error -> if (error == null) emitter.onSuccess(value) else emitter.tryOnError(error) }
}

private suspend fun echo(session: ClientSession, words: Flowable<String>): String {
    val buffers = words.map { ByteBuffer.wrap("$it.".encodeToByteArray()) }
    return session.post("echo").body(RequestBody.publisher(FlowAdapters.toFlowPublisher(buffers))).text().await()
}

package dev.jawait.benchmarks.tasks

import dev.jawait.kotlin.coroutine
import dev.jawait.kotlin.gather
import dev.jawait.kotlin.sleep
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import kotlin.time.Duration

/** As many tasks as asked for, each giving way once: with Jawait's door to Kotlin. */
internal fun gatherSleeping(count: Int): List<Int> = runBlocking(Dispatchers.Default) {
    gather(
        List(count) {
            coroutine {
                sleep(Duration.ZERO)
                it
            }
        },
    )
}

/** The same, each giving way as kotlinx has it. */
internal fun gatherYielding(count: Int): List<Int> = runBlocking(Dispatchers.Default) {
    gather(
        List(count) {
            coroutine {
                yield()
                it
            }
        },
    )
}

/** The same with nothing but kotlinx. */
internal fun asyncAwaitAll(count: Int): List<Int> = runBlocking(Dispatchers.Default) {
    List(count) {
        async {
            yield()
            it
        }
    }.awaitAll()
}

/** One after the other as they end, with nothing but kotlinx: a channel. */
internal fun channelOfResults(count: Int): Int = runBlocking(Dispatchers.Default) {
    val results = Channel<Int>(Channel.UNLIMITED)
    repeat(count) {
        launch {
            yield()
            results.send(it)
        }
    }
    var sum = 0
    repeat(count) { sum += results.receive() }
    sum
}

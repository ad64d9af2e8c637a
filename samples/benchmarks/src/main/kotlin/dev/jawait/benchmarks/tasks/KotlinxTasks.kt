package dev.jawait.benchmarks.tasks

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes

internal fun asyncAwait(count: Int): Int = onDefault {
    var sum = 0
    repeat(count) { sum += yielding(it).await() }
    sum
}

internal fun asyncAwaitAll(count: Int): List<Int> = onDefault { List(count) { yielding(it) }.awaitAll() }

private fun CoroutineScope.yielding(number: Int): Deferred<Int> = async {
    yield()
    number
}

internal fun asyncLimited(count: Int): List<Int> = onDefault {
    List(count) {
        async {
            withTimeout(1.minutes) {
                yield()
                it
            }
        }
    }.awaitAll()
}

internal fun channelOfResults(count: Int): Int = onDefault {
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

@OptIn(ExperimentalCoroutinesApi::class)
internal fun selectLoop(count: Int): Int = onDefault {
    var sum = 0
    val pending = MutableList(count) { yielding(it) }
    while (pending.isNotEmpty()) {
        select { pending.forEach { task -> task.onJoin {} } }
        pending.removeAll { task -> task.isCompleted.also { if (it) sum += task.getCompleted() } }
    }
    sum
}

internal fun waitForScope(count: Int): Int = onDefault {
    coroutineScope {
        repeat(count) { launch { yield() } }
        count
    }
}

internal fun cancelWaiting(count: Int): Int = onDefault {
    val waiting = List(count) { launch { delay(1.hours) } }
    yield()
    waiting.forEach { it.cancel() }
    waiting.joinAll()
    waiting.size
}

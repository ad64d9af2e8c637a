package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.RunnerImpl
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.saturatedNanos
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger

/** Closing that waits for what runs. */
internal object GracefulClose {
    /** Waits for [drain] to come true, for [limit] at most, and closes in any case. */
    fun of(
        name: String,
        limit: Duration,
        close: () -> Unit,
        drain: () -> CompletableFuture<Boolean>,
    ): Coroutine<Boolean> {
        checkLimit(limit)
        return NativeBody(name) { task ->
            try {
                await(task, drain(), limit.saturatedNanos())
            } finally {
                close()
            }
        }
    }

    fun checkLimit(limit: Duration): Unit = require(!limit.isNegative) { "The limit of closing is negative: $limit" }

    /** Whether [drained] comes true within [nanos] of real time. */
    suspend fun await(task: TaskImpl<*>, drained: CompletableFuture<Boolean>, nanos: Long): Boolean {
        val end = Drained()
        drained.whenComplete { all, _ -> end.end(Outcome.Success(all == true)) }
        if (end.ended != null) return task.awaitPromise(end)
        val timer = RunnerImpl.shared.loops.next().timers().after(nanos) { end.end(Outcome.Success(false)) }
        try {
            return task.awaitPromise(end)
        } finally {
            timer.cancel()
        }
    }

    private class Drained : Promise<Boolean>() {
        override fun toString(): String = "the end of what runs"
    }
}

/** How many run, and whether more may begin. */
internal class Running {
    private val count = AtomicInteger()

    /** Ends with true once no more may begin and none runs. */
    private val drained = CompletableFuture<Boolean>()

    @Volatile
    var isClosed = false
        private set

    val size: Int get() = count.get()

    /** One more; false, and it must not run, if none may begin. */
    fun begin(): Boolean {
        count.incrementAndGet()
        val refused = isClosed
        if (refused) end()
        return !refused
    }

    fun end() {
        if (count.decrementAndGet() == 0 && isClosed) drained.complete(true)
    }

    /** Lets none begin from now on. */
    fun close(): CompletableFuture<Boolean> {
        isClosed = true
        if (size == 0) drained.complete(true)
        return drained
    }
}

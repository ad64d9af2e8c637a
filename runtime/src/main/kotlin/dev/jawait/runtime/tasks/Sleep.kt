package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import java.time.Duration

/** The coroutine of `sleep`. */
internal class Sleep<T>(private val duration: Duration, private val value: T) : Recipe<T>("sleep") {
    override suspend fun runIn(task: TaskImpl<*>): T {
        task.sleep(duration.saturatedNanos())
        return value
    }
}

/** Waits without holding a thread; zero or less lets others run once. */
internal suspend fun TaskImpl<*>.sleep(nanos: Long) {
    if (nanos <= 0) return yieldOnce()
    val over = Sleeping()
    val timer = timers.after(nanos) { over.end(Outcome.Success(Unit)) }
    try {
        awaitPromise(over)
    } finally {
        timer.cancel()
    }
}

private class Sleeping : Promise<Unit>() {
    override fun toString(): String = "the end of a sleep"
}

/** In milliseconds, 292 years at most. */
internal fun Duration.saturatedMillis(): Long = saturatedNanos() / 1_000_000

/** In nanoseconds, 292 years at most. */
internal fun Duration.saturatedNanos(): Long = try {
    toNanos()
} catch (_: ArithmeticException) {
    if (isNegative) Long.MIN_VALUE else Long.MAX_VALUE
}

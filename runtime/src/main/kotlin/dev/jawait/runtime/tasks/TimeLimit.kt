package dev.jawait.runtime.tasks

import dev.jawait.AsyncTimeoutException
import dev.jawait.Awaitable
import dev.jawait.Outcome
import java.time.Duration

/** The coroutine of `withTimeout`: asyncio's `wait_for` in its form since 3.12, in the current task. */
internal class TimeLimit<T>(private val limit: Duration, private val awaitable: Awaitable<out T>) :
    Recipe<T>("withTimeout") {
    override suspend fun runIn(task: TaskImpl<*>): T =
        if (limit.isNegative || limit.isZero) atOnce(task) else withTimeLimit(task, limit) { awaitable.awaitIn(task) }

    @Suppress("UNCHECKED_CAST")
    override fun takeBack(value: T) {
        (awaitable as? Recipe<T>)?.takeBack(value)
    }

    /** No time at all: what has ended counts, a task is cancelled and waited for, a coroutine never starts. */
    private suspend fun atOnce(task: TaskImpl<*>): T {
        val running = awaitable as? TaskImpl<out T> ?: throw timedOut(limit, null)
        if (!running.isDone) {
            running.cancel("The time limit passed")
            task.awaitPromise(Gathering(listOf(running), stopOnFailure = false).apply { follow() })
        }
        val end = running.ended!!
        running.markRetrieved()
        throw timedOut(limit, (end as? Outcome.Cancelled ?: return end.valueOrThrow()).exception())
    }
}

/**
 * Runs [block] under a time limit: asyncio's `timeout()`. When the limit passes, the task is cancelled; if the cancel
 * arrives here and nobody else asked for one, it becomes the time-out. So of nested limits that pass together the
 * outermost alone throws.
 */
internal suspend fun <T> withTimeLimit(task: TaskImpl<*>, limit: Duration, block: suspend (DeadlineImpl) -> T): T =
    task.withJobSlot { slot ->
        val before = task.cancelling()
        val deadline = DeadlineImpl(task, slot, limit)
        deadline.enter()
        val result = runCatching { block(deadline) }
        val isOurs = deadline.leave() && task.uncancel(slot) <= before
        val error = result.exceptionOrNull()
        if (isOurs && error != null && isCancel(error)) throw timedOut(deadline.limit, error)
        result.getOrThrow()
    }

private fun isCancel(error: Throwable) = error is InterruptedException || failureOf<Nothing>(error) is Outcome.Cancelled

private fun timedOut(limit: Duration, cause: Throwable?) =
    AsyncTimeoutException("Time limit of ${limit.saturatedMillis()} ms passed", cause)

package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.WaitResult
import dev.jawait.WaitUntil
import java.time.Duration
import java.util.Collections
import java.util.concurrent.atomic.AtomicInteger

/** The coroutine of `waitUntil`. */
internal class WaitUntilImpl<T>(
    private val returnWhen: ReturnWhen,
    private val tasks: Set<TaskImpl<T>>,
    private val limit: Duration? = null,
) : Recipe<WaitResult<T>>("waitUntil"),
    WaitUntil<T> {
    override fun timeout(limit: Duration): WaitUntil<T> = WaitUntilImpl(returnWhen, tasks, limit)

    override suspend fun runIn(task: TaskImpl<*>): WaitResult<T> {
        val waiting = Waiting(returnWhen, tasks.size)
        tasks.forEach { if (!it.listen(waiting)) waiting.onEnd(it) }
        val timer = limit?.let {
            task.timers.after(maxOf(0, it.saturatedNanos())) { waiting.end(Outcome.Success(Unit)) }
        }
        try {
            if (waiting.ended == null) task.awaitPromise(waiting) else task.yieldOnce()
        } finally {
            timer?.cancel()
            tasks.forEach { it.forget(waiting) }
        }
        return sorted()
    }

    private fun sorted(): WaitResult<T> {
        val done = LinkedHashSet<Task<T>>()
        val pending = LinkedHashSet<Task<T>>()
        tasks.forEach { (if (it.isDone) done else pending).add(it) }
        return WaitResult(Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending))
    }

    /** Ends when enough of the tasks have; cancelling it leaves them alone. */
    private class Waiting(private val returnWhen: ReturnWhen, count: Int) :
        Promise<Unit>(),
        Promise.Listener {
        private val left = AtomicInteger(count)

        override fun onEnd(promise: Promise<*>) {
            if (left.decrementAndGet() == 0 || suffices(promise)) end(Outcome.Success(Unit))
        }

        private fun suffices(promise: Promise<*>) = when (returnWhen) {
            ReturnWhen.ALL_COMPLETED -> false
            ReturnWhen.FIRST_COMPLETED -> true
            ReturnWhen.FIRST_EXCEPTION -> promise.ended is Outcome.Failure
        }
    }

    companion object {
        @Suppress("UNCHECKED_CAST")
        fun <T> of(returnWhen: ReturnWhen, tasks: Iterable<Task<out T>>): WaitUntilImpl<T> {
            val set = tasks.mapTo(LinkedHashSet()) { it as? TaskImpl<T> ?: throw foreign(it) }
            require(set.isNotEmpty()) { "waitUntil needs a task at least: the set of tasks is empty" }
            return WaitUntilImpl(returnWhen, set)
        }
    }
}

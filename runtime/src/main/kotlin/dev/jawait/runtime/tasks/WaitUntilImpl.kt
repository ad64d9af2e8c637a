package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.WaitResult
import dev.jawait.WaitUntil
import java.time.Duration

/** The coroutine of `waitUntil`. */
internal class WaitUntilImpl<T>(
    private val returnWhen: ReturnWhen,
    private val tasks: Set<Task<T>>,
    private val limit: Duration? = null,
) : Recipe<WaitResult<T>>("waitUntil"),
    WaitUntil<T> {
    override fun timeout(limit: Duration): WaitUntil<T> {
        used()
        return WaitUntilImpl(returnWhen, tasks, limit)
    }

    override suspend fun runIn(task: TaskImpl<*>): WaitResult<T> {
        val before = followed(task)
        val enough = before.log.waitFor(returnWhen, before)
        val timer = limit?.let { task.timers.after(it.saturatedNanos()) { enough.end(Outcome.Success(Unit)) } }
        try {
            if (enough.ended == null) task.awaitPromise(enough) else task.yieldOnce()
        } finally {
            timer?.cancel()
            before.log.stopWaiting(enough)
        }
        return before.log.sorted(before)
    }

    /**
     * The tasks with the log of their ends. What the last wait of [task] has left pending is followed already, so that
     * a loop over what is pending costs as much as there are tasks, not that for each turn.
     */
    @Suppress("UNCHECKED_CAST")
    private fun followed(task: TaskImpl<*>): PendingTasks<T> {
        if (tasks is PendingTasks<*> && tasks.log === task.lastWait) return tasks as PendingTasks<T>
        task.lastWait?.detach()
        val log = WaitLog(tasks.map { it as TaskImpl<T> })
        task.lastWait = log
        return log.follow()
    }

    companion object {
        @Suppress("UNCHECKED_CAST")
        fun <T> of(returnWhen: ReturnWhen, tasks: Iterable<Task<out T>>): WaitUntilImpl<T> {
            val set = tasks as? PendingTasks<T> ?: ownTasks(tasks)
            require(set.isNotEmpty()) { "waitUntil needs a task at least: the set of tasks is empty" }
            return WaitUntilImpl(returnWhen, set)
        }

        /** Whatever the types say: a cast lets anything through. */
        @Suppress("UNCHECKED_CAST")
        private fun <T> ownTasks(tasks: Iterable<*>): Set<Task<T>> =
            tasks.mapTo(LinkedHashSet()) { it as? TaskImpl<T> ?: throw noTask(it) }

        private fun noTask(given: Any?) = when (given) {
            is Recipe<*> -> IllegalArgumentException(
                "waitUntil takes tasks, and ${given.name()} is a coroutine: start it with createTask(…) or start(), " +
                    "and look for that task in the result",
            )

            else -> foreign(given)
        }
    }
}

package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.CancelledException
import dev.jawait.Outcome
import org.slf4j.LoggerFactory

/** The coroutine of `shield`. */
internal class Shield<T>(private val awaitable: Awaitable<out T>) : Recipe<T>("shield") {
    override suspend fun runIn(task: TaskImpl<*>): T {
        val inner = awaitable.ensureTask(task)
        if (inner.isDone) return task.awaitPromise(inner)
        return task.awaitPromise(Shielded(inner).apply { follow() })
    }

    /** Ends as [inner] does; cancelling it leaves [inner] alone. */
    private class Shielded<T>(private val inner: TaskImpl<out T>) :
        Promise<T>(),
        Promise.Listener {
        fun follow() {
            if (!inner.listen(this)) onEnd(inner)
        }

        override fun awaited(): Collection<TaskImpl<*>> = listOf(inner)

        override fun toString(): String = "${inner.name()}, shielded"

        @Suppress("UNCHECKED_CAST")
        override fun onEnd(promise: Promise<*>) {
            inner.markRetrieved()
            end(inner.ended as Outcome<T>)
        }

        override fun cancel(message: String?): Boolean {
            if (!end(Outcome.Cancelled(CancelledException(message)))) return false
            inner.forget(this)
            reports.watch(inner)
            return true
        }
    }

    private companion object {
        private val reports = AbandonedShields()
    }
}

/** An error of a task that nobody waits for any more is reported, once, as in asyncio 3.14. */
private class AbandonedShields {
    private val inner: MutableSet<TaskImpl<*>> = java.util.concurrent.ConcurrentHashMap.newKeySet()

    fun watch(task: TaskImpl<*>) {
        if (inner.add(task) && !task.listen { report(task) }) report(task)
    }

    private fun report(task: TaskImpl<*>) {
        inner.remove(task)
        val error = (task.ended as? Outcome.Failure)?.exception() ?: return
        task.markRetrieved()
        LOG.error("Task {} failed after whoever awaited it through shield() was cancelled", task.name(), error)
    }

    private companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    }
}

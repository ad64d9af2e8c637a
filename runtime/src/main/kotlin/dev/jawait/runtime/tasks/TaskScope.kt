package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.Task
import org.slf4j.LoggerFactory
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch

/** The live tasks of one run, or those of a runner that belong to no run. Keeps them from being collected. */
internal class TaskScope {
    private val live = ConcurrentHashMap.newKeySet<TaskImpl<*>>()

    fun add(task: TaskImpl<*>) {
        live.add(task)
    }

    fun remove(task: TaskImpl<*>) {
        live.remove(task)
    }

    fun tasks(): Set<Task<*>> = LinkedHashSet(live)

    /** Cancels what runs and waits for it, also for what that starts; errors are reported, as `asyncio.run` does. */
    fun cancelAndWait() {
        while (true) {
            val left = live.toList().ifEmpty { return }
            left.forEach { it.cancel("The run has ended") }
            left.forEach(::waitFor)
        }
    }

    private fun waitFor(task: TaskImpl<*>) {
        val latch = CountDownLatch(1)
        if (task.listen { latch.countDown() }) latch.await()
        (task.ended as? Outcome.Failure)?.let {
            task.markRetrieved()
            LOG.error("Task {} failed while its run was ending", task.name(), it.exception())
        }
        // Whoever ends a task takes it out after its listeners have heard.
        live.remove(task)
    }

    private companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    }
}

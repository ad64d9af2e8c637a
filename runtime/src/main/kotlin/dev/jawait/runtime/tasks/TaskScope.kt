package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.Task
import org.slf4j.LoggerFactory
import java.util.concurrent.CountDownLatch

/** The live tasks of one run, or those of a runner that belong to no run. Keeps them from being collected. */
internal class TaskScope {
    private val live = LiveTasks()

    @Volatile
    private var closed = false

    fun add(task: TaskImpl<*>) {
        live.add(task)
        if (closed) {
            live.remove(task)
            throw IllegalStateException("Runner is closed")
        }
    }

    fun remove(task: TaskImpl<*>): Unit = live.remove(task)

    fun tasks(): Set<Task<*>> = live.all().filterNotTo(LinkedHashSet()) { it.isDone }

    /** Cancels what runs, and returns it. What has just failed is still to be reported. */
    fun cancelAll(): List<TaskImpl<*>> = live.all().filter { it.cancel("The run has ended", null) }

    /** Waits for what was [cancelled], and ends what that has started; errors are reported, as `asyncio.run` does. */
    fun waitFor(cancelled: List<TaskImpl<*>>) {
        var left = cancelled
        while (left.isNotEmpty()) {
            left.forEach(::waitFor)
            left = cancelAll()
        }
    }

    /** Ends what runs, and takes no more tasks. */
    fun close() {
        waitFor(cancelAll())
        closed = true
        waitFor(cancelAll())
    }

    private fun waitFor(task: TaskImpl<*>) {
        val latch = CountDownLatch(1)
        if (task.listen { latch.countDown() }) latch.awaitUninterruptibly()
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

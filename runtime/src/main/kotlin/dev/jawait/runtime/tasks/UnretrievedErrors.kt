package dev.jawait.runtime.tasks

import org.slf4j.LoggerFactory

/** Reports an error that nobody asked for, once, when its task is collected: asyncio's "exception was never retrieved". */
internal object UnretrievedErrors {
    private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")

    fun watch(task: TaskImpl<*>, error: Throwable): Watched =
        Watched(task.name(), task.createdAt(), error).also { Debug.cleaner.register(task, it) }

    /** Must not refer to the task. */
    class Watched(private val name: String, private val site: String, private val error: Throwable) : Runnable {
        @Volatile
        private var retrieved = false

        fun retrieved() {
            retrieved = true
        }

        override fun run() {
            if (!retrieved) LOG.error("Task {} failed and nobody asked for its exception; {}", name, site, error)
        }
    }
}

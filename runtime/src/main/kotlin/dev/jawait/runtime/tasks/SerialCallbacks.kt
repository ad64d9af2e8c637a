package dev.jawait.runtime.tasks

import org.slf4j.LoggerFactory
import java.util.concurrent.Executor

/** Runs callbacks one after the other, in order, on a thread that may block; what one throws is logged. */
internal class SerialCallbacks(private val threads: Executor) {
    private val waiting = ArrayDeque<Runnable>()
    private var running = false

    fun run(callback: Runnable) {
        synchronized(this) {
            waiting.addLast(callback)
            if (running) return
            running = true
        }
        threads.execute(::drain)
    }

    private fun drain() {
        while (true) {
            val callback = synchronized(this) { waiting.removeFirstOrNull() ?: return free() }
            try {
                callback.run()
            } catch (error: Throwable) {
                LOG.error("A done-callback failed", error)
            }
        }
    }

    private fun free() {
        running = false
    }

    private companion object {
        private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    }
}

package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop
import dev.jawait.runtime.loop.VirtualTimers
import org.slf4j.LoggerFactory
import java.util.concurrent.RejectedExecutionException

/**
 * Who may run, in a confined runner: one step on the loop, or one body on its thread, in the order they asked; asyncio's
 * ready queue. A body keeps the turn until it awaits or ends. Where nothing can run, a virtual clock moves on.
 */
internal class Turn(private val loop: Loop) {
    /** [Runnable]s for the loop, and [BodyThread]s. Guarded by this. */
    private val waiting = ArrayDeque<Any>()

    /** Whether somebody runs. Guarded by this. */
    private var taken = false

    private val clock = loop.timers() as? VirtualTimers

    fun execute(step: Runnable): Unit = enqueue(step)

    /** Asks for the turn on behalf of [body], which gives it back by [release]. */
    fun request(body: BodyThread): Unit = enqueue(body)

    /** Who has the turn is done with it for now. A body's task has ended before its thread does: the loop may be gone. */
    fun release() {
        try {
            loop.execute(::drain)
        } catch (_: RejectedExecutionException) {
            // The runner has closed: nobody waits for a turn any more.
        }
    }

    private fun enqueue(item: Any) {
        synchronized(this) {
            waiting.addLast(item)
            if (taken) return
            taken = true
        }
        loop.execute(::drain)
    }

    private fun drain() {
        repeat(STEPS) {
            when (val item = next() ?: return) {
                is BodyThread -> if (item.grant()) return
                is Runnable -> runStep(item)
            }
        }
        release()
    }

    private fun runStep(step: Runnable) {
        try {
            step.run()
        } catch (error: Throwable) {
            LOG.error(
                "A step of a task failed outside of the task; this is a fault of Jawait's, please report it",
                error,
            )
        }
    }

    private fun next(): Any? {
        while (true) {
            synchronized(this) {
                waiting.removeFirstOrNull()?.let { return it }
                if (clock == null) return free()
            }
            if (!clock!!.advance()) synchronized(this) { if (waiting.isEmpty()) return free() }
        }
    }

    private fun free(): Any? {
        taken = false
        return null
    }

    private companion object {
        /** So many, and sockets and timers have their turn: steps that only give way to each other would run for ever. */
        private const val STEPS = 64

        private val LOG = LoggerFactory.getLogger("dev.jawait.tasks")
    }
}

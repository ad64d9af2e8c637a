package dev.jawait.runtime.tasks

import dev.jawait.Deadline
import dev.jawait.runtime.loop.Timer
import java.time.Duration

/** The end of one time limit: asyncio's `Timeout`. It cancels [task] within [slot] once, unless it is left before. */
internal class DeadlineImpl(private val task: TaskImpl<*>, private val slot: JobSlot, limit: Duration) :
    Deadline,
    Runnable {
    private val outer = task.deadline

    // Guarded by this, all of them.
    private var state = State.NEW
    private var at = 0L
    private var timer: Timer? = null

    /** As it was given, or by the last reschedule. */
    @Volatile
    var limit: Duration = limit
        private set

    /** What is within it sees it from now on. */
    fun enter() {
        task.deadline = this
        synchronized(this) {
            state = State.ACTIVE
            arm()
        }
    }

    /** Whether it had expired. */
    fun leave(): Boolean {
        task.deadline = outer
        return synchronized(this) {
            timer?.cancel()
            val expired = state == State.EXPIRING
            state = if (expired) State.EXPIRED else State.FINISHED
            expired
        }
    }

    /** Without any time, at once: the first await within is interrupted, even if it need not wait. Under the lock. */
    private fun arm() {
        timer?.cancel()
        val nanos = limit.saturatedNanos()
        at = task.timers.deadlineIn(nanos)
        timer = if (nanos > 0) task.timers.at(at, this) else null.also { run() }
    }

    override fun run(): Unit = synchronized(this) {
        // One that was moved meanwhile has a timer of its own.
        if (state != State.ACTIVE || at - task.timers.nanoTime() > 0) return
        state = State.EXPIRING
        task.cancel("The time limit passed", slot)
    }

    override fun remaining(): Duration {
        val own = Duration.ofNanos(synchronized(this) { maxOf(0, at - task.timers.nanoTime()) })
        return if (outer == null) own else minOf(own, outer.remaining())
    }

    override fun isExpired(): Boolean = synchronized(this) { state == State.EXPIRING || state == State.EXPIRED }

    override fun reschedule(limit: Duration): Unit = synchronized(this) {
        check(state == State.ACTIVE) {
            "A time limit can be moved only inside of its block and before it passes; this one is ${state.words}"
        }
        this.limit = limit
        arm()
    }

    private enum class State(val words: String) {
        NEW("not entered"),
        ACTIVE("active"),
        EXPIRING("expiring"),
        EXPIRED("expired"),
        FINISHED("finished"),
    }

    override fun toString(): String = "Deadline[${remaining().toMillis()} ms left]"
}

package dev.jawait.runtime.sync

import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.WaitLine
import dev.jawait.runtime.tasks.awaitIn
import dev.jawait.sync.Condition
import dev.jawait.sync.Lock
import java.util.function.BooleanSupplier

internal class ConditionImpl(private val lock: Lock) :
    Condition,
    Lock by lock {
    private val line = WaitLine<Unit>(this)

    override fun waitFor(): Coroutine<Void?> = NativeBody("Condition.waitFor") { task ->
        waitIn(task)
        null
    }

    override fun waitFor(predicate: BooleanSupplier): Coroutine<Void?> = NativeBody("Condition.waitFor") { task ->
        while (!predicate.asBoolean) waitIn(task)
        null
    }

    private suspend fun waitIn(task: TaskImpl<*>) {
        val waiter = exchangeLockForPlace()
        val cancel = awaitCatching(task, waiter).let { reacquire(task) ?: it } ?: return
        // It may have been signalled all the same, and will not look at what that was for.
        if (waiter.ended is Outcome.Success) callUp(1)
        throw cancel
    }

    /** In the line before the lock is free: whoever has it next may signal. */
    private fun exchangeLockForPlace(): WaitLine<Unit>.Waiter {
        val waiter = synchronized(this) { line.enter() }
        try {
            lock.release()
        } catch (notHeld: IllegalStateException) {
            waiter.cancel(null)
            throw IllegalStateException(NOT_HELD, notHeld)
        }
        return waiter
    }

    private suspend fun awaitCatching(task: TaskImpl<*>, waiter: WaitLine<Unit>.Waiter): CancelledException? = try {
        task.awaitPromise(waiter)
        null
    } catch (cancelled: CancelledException) {
        cancelled
    }

    /** Acquires the lock, whatever comes between; returns the last cancel that did. */
    private suspend fun reacquire(task: TaskImpl<*>): CancelledException? {
        var last: CancelledException? = null
        while (true) {
            try {
                lock.acquire().awaitIn(task)
                return last
            } catch (cancelled: CancelledException) {
                last = cancelled
            }
        }
    }

    override fun signal(count: Int) {
        check(lock.isLocked) { NOT_HELD }
        callUp(count)
    }

    private fun callUp(count: Int): Unit = synchronized(this) { line.callUp(count) }.forEach { it.give(Unit) }

    @Synchronized
    override fun toString(): String = "Condition[$lock, ${line.size} waiting]"

    private companion object {
        private const val NOT_HELD = "The lock of the condition is not held: acquire it first, as use() does"
    }
}

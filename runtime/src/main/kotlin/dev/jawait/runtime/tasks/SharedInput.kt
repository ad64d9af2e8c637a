package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.Outcome
import java.util.IdentityHashMap
import java.util.concurrent.locks.ReentrantLock

/**
 * Awaitables that several lanes take from, and how each one ended, in their order. An input that is not all there yet may
 * block: it is read on a thread that may.
 */
internal class SharedInput<T>(input: Iterable<Awaitable<out T>>) {
    private val mayBlock = input !is Collection
    private val rest = input.iterator()
    private val reading = ReentrantLock()

    /** What all begin with: one that runs in a lane leaves nothing to the next. */
    private val surroundings = Snapshot.take()

    // Guarded by reading, both of them, until all lanes have ended.
    private val slots = ArrayList<InputSlot<T>>()
    private val elsewhere = IdentityHashMap<Awaitable<out T>, InputSlot<T>>(0)

    @Volatile
    private var stopped = false

    suspend fun drain(lane: TaskImpl<*>, stopOnFailure: Boolean) {
        while (lane.cancelling() == 0) {
            surroundings.restore()
            val slot = (if (mayBlock) nextOnThread(lane) else next()) ?: return
            slot.end =
                try {
                    Outcome.Success(run(slot.take(), lane))
                } catch (error: Throwable) {
                    if (stopOnFailure) stopped = true
                    if (stopOnFailure || lane.cancelling() > 0) throw error
                    // Many that fail at once would hold the loop.
                    lane.yieldOnce()
                    failureOf(error)
                }
        }
    }

    private suspend fun run(awaitable: Awaitable<out T>?, lane: TaskImpl<*>): T =
        if (awaitable is Recipe<out T> && awaitable.isPlain) {
            awaitable.awaitIn(lane)
        } else {
            lane.awaitPromise(awaitable.ensureTask(lane))
        }

    /** In a confined runner reading the input is a piece of code like any other, and takes its turn. */
    private suspend fun nextOnThread(lane: TaskImpl<*>): InputSlot<T>? {
        if (lane.runner.isConfined) return lane.callBody(::next)
        return lane.onThread { Current.during(lane) { next() } }
    }

    private fun next(): InputSlot<T>? {
        reading.lockInterruptibly()
        try {
            while (!stopped && rest.hasNext()) {
                place(rest.next())?.let { return it }
            }
            return null
        } catch (error: Throwable) {
            stopped = true
            throw error
        } finally {
            reading.unlock()
        }
    }

    /** The slot of [awaitable], which is to be run; null if it has been seen before. */
    private fun place(awaitable: Awaitable<out T>): InputSlot<T>? {
        val known = known(awaitable)
        if (known != null) {
            slots.add(known)
            return null
        }
        val slot = InputSlot(this, awaitable)
        slots.add(slot)
        if (awaitable !is Recipe<*> || !awaitable.enter(slot)) elsewhere[awaitable] = slot
        return slot
    }

    @Suppress("UNCHECKED_CAST")
    private fun known(awaitable: Awaitable<out T>): InputSlot<T>? =
        when (val slot = (awaitable as? Recipe<*>)?.slotIn(this)) {
            // An empty map would give each one an identity hash all the same.
            null -> if (elsewhere.isEmpty()) null else elsewhere[awaitable]

            else -> slot as InputSlot<T>
        }

    /** Once all lanes have ended well. */
    @Suppress("UNCHECKED_CAST")
    fun outcomes(): List<Outcome<T>> = slots.map { it.end as Outcome<T> }

    /** No lane takes anything more, and the awaitables, which may be used again, know nothing of this any more. */
    fun close() {
        stopped = true
        // Whoever reads just now may block. Then the awaitables remember this as long as there are any.
        if (!reading.tryLock()) return
        try {
            slots.forEach { it.leave() }
        } finally {
            reading.unlock()
        }
    }
}

/**
 * The place of an awaitable in [input]. A coroutine remembers it: a map of all there were would keep them, and what they
 * refer to, until the last one has ended.
 */
internal class InputSlot<T>(@Volatile private var input: SharedInput<T>?, awaitable: Awaitable<out T>?) {
    private var awaitable: Awaitable<out T>? = awaitable

    /** How it ended; null while it runs. */
    var end: Outcome<out T>? = null

    fun isIn(other: SharedInput<*>): Boolean = input === other

    val isLeft: Boolean get() = input == null

    fun leave() {
        input = null
    }

    /** What is to be run, once. */
    fun take(): Awaitable<out T>? = awaitable.also { awaitable = null }
}

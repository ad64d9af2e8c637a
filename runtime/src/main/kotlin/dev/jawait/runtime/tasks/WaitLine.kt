package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome

/**
 * Those who wait for something, in the order they came: O(1) for each, also for one who is cancelled. Guarded by the
 * lock of its [owner].
 *
 * A waiter leaves the line once: called up by the owner, or cancelled. So who was called up can no longer be cancelled, and
 * is sure to get what it is given; that is done outside of the lock, for it runs code of others.
 *
 * @param tasks those that will bring what is waited for; for dumps
 */
internal class WaitLine<T>(
    private val owner: Any,
    private val tasks: () -> Collection<TaskImpl<*>> = { emptyList() },
) {
    private var first: Waiter? = null
    private var last: Waiter? = null

    var size: Int = 0
        private set

    /** One more, at the end of the line. */
    fun enter(): Waiter = Waiter().also {
        it.previous = last
        last?.next = it
        last = it
        if (first == null) first = it
        size++
    }

    /** Calls the first one up, if there is one. */
    fun callFirst(): Waiter? = first?.also(::leave)

    /** Calls up the first [count], fewer if there are no more. */
    fun callUp(count: Int = Int.MAX_VALUE): List<Waiter> = List(minOf(count, size)) { callFirst()!! }

    private fun leave(waiter: Waiter) {
        val previous = waiter.previous
        val next = waiter.next
        if (previous == null) first = next else previous.next = next
        if (next == null) last = previous else next.previous = previous
        waiter.waits = false
        size--
    }

    /** A place in the line, as a promise of what is waited for. */
    inner class Waiter : Promise<T>() {
        internal var previous: Waiter? = null
        internal var next: Waiter? = null
        internal var waits = true

        /** Gives what it waited for to one who was called up. */
        fun give(value: T) {
            end(Outcome.Success(value))
        }

        /** Ends the waiting of one who was called up with an error. */
        fun fail(error: Throwable) {
            end(Outcome.Failure(error))
        }

        override fun cancel(message: String?): Boolean = giveUp() && super.cancel(message)

        private fun giveUp() = synchronized(owner) { waits.also { if (it) leave(this) } }

        override fun awaited(): Collection<TaskImpl<*>> = tasks()

        override fun toString(): String = owner.toString()
    }
}

/** Waits to be called up. What [waiter] is given as the task is cancelled, it has no use for, and [handsBack]. */
internal suspend fun <T> TaskImpl<*>.awaitTurn(waiter: WaitLine<T>.Waiter, handsBack: (T) -> Unit): T = try {
    awaitPromise(waiter)
} catch (cancelled: CancelledException) {
    (waiter.ended as? Outcome.Success)?.let { handsBack(it.value()) }
    throw cancelled
}

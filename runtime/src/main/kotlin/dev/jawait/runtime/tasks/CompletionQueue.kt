package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome

/** Items in the order they come, for takers in the order they ask: O(1) for each. An item whose taker is cancelled stays. */
internal class CompletionQueue<T : Any>(private val sources: () -> Collection<TaskImpl<*>> = { emptyList() }) {
    private val items = ArrayDeque<T>()
    private val takers = ArrayDeque<Promise<T>>()

    fun put(item: T): Unit = hand(item) { items.addLast(item) }

    suspend fun take(task: TaskImpl<*>): T {
        val taker =
            synchronized(this) {
                items.removeFirstOrNull()?.let { return it }
                Taker<T>(sources).also(takers::addLast)
            }
        try {
            return task.awaitPromise(taker)
        } catch (cancelled: CancelledException) {
            giveUp(taker)
            throw cancelled
        }
    }

    private fun giveUp(taker: Promise<T>) {
        val granted = taker.ended as? Outcome.Success
        if (granted == null) {
            synchronized(this) { takers.remove(taker) }
        } else {
            hand(granted.value()) { items.addFirst(granted.value()) }
        }
    }

    /** To the first who waits for it, else to those who have yet to ask. */
    private inline fun hand(item: T, keep: () -> Unit) {
        while (true) {
            val taker = synchronized(this) { takers.removeFirstOrNull() ?: return keep() }
            if (taker.end(Outcome.Success(item))) return
        }
    }

    /** @param sources the tasks whose ends are the items */
    private class Taker<T>(private val sources: () -> Collection<TaskImpl<*>>) : Promise<T>() {
        override fun awaited(): Collection<TaskImpl<*>> = sources()

        override fun toString(): String = "the next item"
    }

    /** Whether nothing that is there [matches]. */
    fun none(matches: (T) -> Boolean): Boolean = synchronized(this) { items.none(matches) }

    /** Takes out what is there, without waiting. */
    fun drain(action: (T) -> Unit) {
        while (true) action(synchronized(this) { items.removeFirstOrNull() } ?: return)
    }
}

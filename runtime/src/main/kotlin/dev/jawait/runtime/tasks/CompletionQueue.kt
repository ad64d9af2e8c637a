package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome

/** Items in the order they come, for takers in the order they ask: O(1) for each. An item whose taker is cancelled stays. */
internal class CompletionQueue<T : Any> {
    private val items = ArrayDeque<T>()
    private val takers = ArrayDeque<Promise<T>>()

    fun put(item: T) {
        while (true) {
            val taker =
                synchronized(this) {
                    takers.removeFirstOrNull() ?: return items.addLast(item)
                }
            if (taker.end(Outcome.Success(item))) return
        }
    }

    suspend fun take(task: TaskImpl<*>): T {
        val taker =
            synchronized(this) {
                items.removeFirstOrNull()?.let { return it }
                Promise<T>().also(takers::addLast)
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
        synchronized(this) {
            takers.remove(taker)
            if (granted != null) items.addFirst(granted.value())
        }
        // Somebody else may wait for the item that came back.
        if (granted !=
            null
        ) {
            synchronized(this) { if (takers.isEmpty()) null else items.removeFirstOrNull() }?.let(::put)
        }
    }

    /** Whether nothing that is there [matches]. */
    fun none(matches: (T) -> Boolean): Boolean = synchronized(this) { items.none(matches) }

    /** Takes out what is there, without waiting. */
    fun drain(action: (T) -> Unit) {
        while (true) action(synchronized(this) { items.removeFirstOrNull() } ?: return)
    }
}

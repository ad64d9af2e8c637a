package dev.jawait.runtime.tasks

/**
 * Items in the order they come, for takers in the order they ask: O(1) for each. An item whose taker is cancelled stays.
 *
 * @param sources the tasks whose ends are the items
 */
internal class CompletionQueue<T : Any>(sources: () -> Collection<TaskImpl<*>> = { emptyList() }) {
    private val items = ArrayDeque<T>()
    private val takers = WaitLine<T>(this, sources)

    fun put(item: T): Unit = hand(item) { items.addLast(item) }

    suspend fun take(task: TaskImpl<*>): T = takeOr { task.awaitTurn(it, ::putBack) }

    /** What is there, else what [awaits] gets for its place in the line. */
    inline fun takeOr(awaits: (WaitLine<T>.Waiter) -> T): T {
        val taker =
            synchronized(this) {
                items.removeFirstOrNull()?.let { return it }
                takers.enter()
            }
        return awaits(taker)
    }

    fun putBack(item: T): Unit = hand(item) { items.addFirst(item) }

    /** To the first who waits for it, else to those who have yet to ask. */
    private inline fun hand(item: T, keep: () -> Unit) {
        val taker = synchronized(this) { takers.callFirst() ?: return keep() }
        taker.give(item)
    }

    /** Whether something that is there [matches]. */
    fun any(matches: (T) -> Boolean): Boolean = synchronized(this) { items.any(matches) }

    /** Takes out what is there, without waiting. */
    fun drain(action: (T) -> Unit) {
        while (true) action(synchronized(this) { items.removeFirstOrNull() } ?: return)
    }

    override fun toString(): String = "the next item"
}

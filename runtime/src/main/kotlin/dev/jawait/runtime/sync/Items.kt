package dev.jawait.runtime.sync

import java.util.PriorityQueue

/** What a queue keeps, in the order in which it gives it. */
internal interface Items<T> {
    val size: Int

    fun add(item: T)

    /** The next one; there must be one. */
    fun remove(): T

    /** Makes the one that was removed last the next again. */
    fun putBack(item: T): Unit = add(item)

    fun clear()
}

internal class FifoItems<T> : Items<T> {
    private val items = ArrayDeque<T>()

    override val size get() = items.size

    override fun add(item: T): Unit = items.addLast(item)

    override fun remove(): T = items.removeFirst()

    override fun putBack(item: T): Unit = items.addFirst(item)

    override fun clear(): Unit = items.clear()
}

internal class LifoItems<T> : Items<T> {
    private val items = ArrayList<T>()

    override val size get() = items.size

    override fun add(item: T) {
        items.add(item)
    }

    override fun remove(): T = items.removeAt(items.lastIndex)

    override fun clear(): Unit = items.clear()
}

internal class SortedItems<T : Any>(order: Comparator<in T>) : Items<T> {
    private val items = PriorityQueue<T>(order)

    override val size get() = items.size

    override fun add(item: T) {
        items.add(item)
    }

    override fun remove(): T = items.remove()

    override fun clear(): Unit = items.clear()
}

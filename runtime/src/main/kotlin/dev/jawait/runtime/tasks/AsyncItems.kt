package dev.jawait.runtime.tasks

import dev.jawait.AsyncIterable
import dev.jawait.Coroutine
import java.util.concurrent.Flow
import java.util.function.Consumer

/** Items to await, one by one; what remains to be said is where the next one comes from. */
internal abstract class AsyncItems<T : Any>(val name: String) : AsyncIterable<T> {
    /** What an iterator has looked at, but nobody has taken. Guarded by this. */
    private var seen: T? = null

    /** The next one, or null at the end. */
    abstract suspend fun nextIn(task: TaskImpl<*>): T?

    /** Whether there is a next one; may have to wait for it. */
    open suspend fun hasNextIn(task: TaskImpl<*>): Boolean {
        if (synchronized(this) { seen } != null) return true
        val next = nextIn(task) ?: return false
        synchronized(this) { seen = next }
        return true
    }

    suspend fun takeIn(task: TaskImpl<*>): T? = synchronized(this) { seen.also { seen = null } } ?: nextIn(task)

    override fun next(): Coroutine<T?> = NativeBody("$name.next", ::takeIn)

    override fun onEach(action: Consumer<in T>): Coroutine<Void?> = NativeBody("$name.onEach") { task ->
        while (true) {
            val item = takeIn(task) ?: break
            task.callBody { action.accept(item) }
        }
        null
    }

    override fun iterator(): MutableIterator<T> = Items()

    private inner class Items : MutableIterator<T> {
        private val task =
            checkNotNull(Current.task) {
                "Iterating over $name() blocks, so it works only inside of a body; else use onEach"
            }

        override fun hasNext(): Boolean = task.await { hasNextIn(task) }

        override fun next(): T = task.await { takeIn(task) } ?: throw NoSuchElementException("All have been handed out")

        override fun remove(): Unit = throw UnsupportedOperationException("remove")
    }

    override fun subscribe(subscriber: Flow.Subscriber<in T>): Unit = PublishedItems(this, subscriber).begin()
}

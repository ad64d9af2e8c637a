package dev.jawait.runtime.sync

import dev.jawait.Coroutine
import dev.jawait.runtime.tasks.Acquiring
import dev.jawait.runtime.tasks.NativeBody
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.WaitLine
import dev.jawait.runtime.tasks.awaitTurn
import dev.jawait.sync.AsyncLifoQueue
import dev.jawait.sync.AsyncPriorityQueue
import dev.jawait.sync.AsyncQueue
import dev.jawait.sync.QueueEmptyException
import dev.jawait.sync.QueueFullException
import dev.jawait.sync.QueueShutDownException

/**
 * The queues. Who is called up is promised an item, or a place, that is kept for it until it runs; so nobody overtakes, an
 * item leaves the queue only with whoever takes it, and one that is cancelled has nothing to give back.
 */
internal open class QueueImpl<T>(private val maxSize: Int, private val items: Items<T>) : AsyncQueue<T> {
    // Guarded by this, all of them.
    private val getters = WaitLine<Unit>(this)
    private val putters = WaitLine<Unit>(this)
    private val joiners = WaitLine<Unit>(this)
    private var promisedItems = 0
    private var promisedPlaces = 0
    private var unfinished = 0
    private var isShutDown = false

    // ---- putting

    override fun put(item: T): Coroutine<Void?> = NativeBody("AsyncQueue.put") { task ->
        reservePlace()?.let { putter -> task.awaitTurn(putter) { returnPlace() } }
        putInPlace(item)
        null
    }

    /** Promises a place, at once or to who waits in line. */
    fun reservePlace(): WaitLine<Unit>.Waiter? = change {
        checkOpen()
        if (hasPlace()) null.also { promisedPlaces++ } else putters.enter()
    }

    fun returnPlace(): Unit = change { promisedPlaces-- }

    fun putInPlace(item: T): Unit = change {
        promisedPlaces--
        checkOpen()
        add(item)
    }

    override fun putNowait(item: T): Unit = change {
        checkOpen()
        if (!hasPlace()) throw QueueFullException("The queue has no place: $this")
        add(item)
    }

    private fun add(item: T) {
        items.add(item)
        unfinished++
    }

    // ---- getting

    override fun get(): Coroutine<T> = Acquiring("AsyncQueue.get", ::getIn, ::putBack)

    private suspend fun getIn(task: TaskImpl<*>): T {
        reserveItem()?.let { getter -> task.awaitTurn(getter) { returnItem() } }
        return takeReserved()
    }

    /** Promises an item, at once or to who waits in line. */
    fun reserveItem(): WaitLine<Unit>.Waiter? = change {
        if (!hasItem()) checkOpen()
        if (hasItem()) null.also { promisedItems++ } else getters.enter()
    }

    fun returnItem(): Unit = change { promisedItems-- }

    /** An immediate shutdown may have dropped it. */
    fun takeReserved(): T = change {
        promisedItems--
        if (items.size == 0) throw shutDown()
        items.remove()
    }

    private fun putBack(item: T): Unit = change { items.putBack(item) }

    override fun getNowait(): T = change {
        if (!hasItem()) {
            checkOpen()
            throw QueueEmptyException("The queue has no item: $this")
        }
        items.remove()
    }

    // ---- joining

    override fun taskDone() {
        val waiting =
            synchronized(this) {
                check(unfinished > 0) { "taskDone() was called more often than items were put: $this" }
                finish(1)
            }
        waiting.forEach { it.give(Unit) }
    }

    private fun finish(count: Int): List<WaitLine<Unit>.Waiter> {
        unfinished -= count
        return if (unfinished == 0) joiners.callUp() else emptyList()
    }

    override fun join(): Coroutine<Void?> = NativeBody("AsyncQueue.join") { task ->
        enterJoiner()?.let { task.awaitPromise(it) }
        null
    }

    @Synchronized
    private fun enterJoiner() = if (unfinished == 0) null else joiners.enter()

    // ---- shutting down

    override fun shutdown(immediate: Boolean) {
        val refused: List<WaitLine<Unit>.Waiter>
        val joined =
            synchronized(this) {
                isShutDown = true
                refused = getters.callUp() + putters.callUp()
                if (immediate) drop() else emptyList()
            }
        refused.forEach { it.fail(shutDown()) }
        joined.forEach { it.give(Unit) }
    }

    private fun drop(): List<WaitLine<Unit>.Waiter> {
        val count = items.size
        items.clear()
        return finish(minOf(count, unfinished))
    }

    private fun checkOpen() {
        if (isShutDown) throw shutDown()
    }

    private fun shutDown() = QueueShutDownException("The queue is shut down: $this")

    // ---- state

    /** Runs [change] on the state, and calls up whom it lets go on. */
    private inline fun <R> change(change: () -> R): R {
        val getter: WaitLine<Unit>.Waiter?
        val putter: WaitLine<Unit>.Waiter?
        val result =
            synchronized(this) {
                runCatching(change).also {
                    getter = callGetter()
                    putter = callPutter()
                }
            }
        getter?.give(Unit)
        putter?.give(Unit)
        return result.getOrThrow()
    }

    private fun callGetter() = if (hasItem()) getters.callFirst()?.also { promisedItems++ } else null

    private fun callPutter() = if (hasPlace()) putters.callFirst()?.also { promisedPlaces++ } else null

    private fun hasItem() = items.size > promisedItems

    private fun hasPlace() = maxSize <= 0 || items.size + promisedPlaces < maxSize

    @Synchronized
    override fun size(): Int = maxOf(items.size - promisedItems, 0)

    @Synchronized
    override fun isEmpty(): Boolean = !hasItem()

    @Synchronized
    override fun isFull(): Boolean = !hasPlace()

    override fun maxSize(): Int = maxSize

    @Synchronized
    override fun toString(): String {
        val limit = if (maxSize > 0) " of $maxSize" else ""
        val state = if (isShutDown) ", shut down" else ""
        return "AsyncQueue[${size()}$limit items, ${getters.size} getting, ${putters.size} putting$state]"
    }
}

internal class PriorityQueueImpl<T : Any>(maxSize: Int, order: Comparator<in T>) :
    QueueImpl<T>(maxSize, SortedItems(order)),
    AsyncPriorityQueue<T>

internal class LifoQueueImpl<T>(maxSize: Int) :
    QueueImpl<T>(maxSize, LifoItems()),
    AsyncLifoQueue<T>

package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.WaitResult
import java.util.Collections
import java.util.IdentityHashMap

/** The tasks of one wait, or of several in a row, and which of them have ended, in the order in which they did. */
internal class WaitLog<T>(private val tasks: List<TaskImpl<T>>) : Promise.Listener {
    private val places = tasks.withIndex().associateTo(IdentityHashMap<Task<*>, Int>()) {
        it.value to it.index
    }

    // Guarded by this, all of them.
    private val ended = ArrayList<TaskImpl<T>>()
    private val turns = IntArray(tasks.size) { NOT_YET }
    private var waiting: Enough? = null

    val size: Int get() = tasks.size

    fun follow(): PendingTasks<T> {
        val all = PendingTasks(this, 0)
        tasks.forEach { if (!it.listen(this)) onEnd(it) }
        return all
    }

    /** Forgets those that have not ended. */
    fun detach(): Unit = tasks.forEach { if (!it.isDone) it.forget(this) }

    @Suppress("UNCHECKED_CAST")
    override fun onEnd(promise: Promise<*>) {
        val task = promise as TaskImpl<T>
        val waiter =
            synchronized(this) {
                turns[places.getValue(task)] = ended.size
                ended.add(task)
                waiting?.takeIf { ended.size == tasks.size || it.suffices(task) }
            }
        waiter?.end(Outcome.Success(Unit))
    }

    /** A promise that ends when enough of [before] have; it may have. */
    @Synchronized
    fun waitFor(returnWhen: ReturnWhen, before: PendingTasks<T>): Promise<Unit> {
        val enough = Enough(returnWhen)
        waiting = enough
        val new = ended.subList(before.since, ended.size)
        if (ended.size == tasks.size || new.any(enough::suffices)) enough.end(Outcome.Success(Unit))
        return enough
    }

    @Synchronized
    fun stopWaiting(enough: Promise<Unit>) {
        if (waiting === enough) waiting = null
    }

    /** Those of [before] that have ended by now, and the rest. */
    @Synchronized
    fun sorted(before: PendingTasks<T>): WaitResult<T> {
        val done = ended.subList(before.since, ended.size).sortedBy { places.getValue(it) }
        return WaitResult(Collections.unmodifiableSet(LinkedHashSet<Task<T>>(done)), PendingTasks(this, ended.size))
    }

    /** Whether [task] is one of those that had not ended when [since] had. */
    @Synchronized
    fun wasPending(task: Any?, since: Int): Boolean {
        val place = places[task] ?: return false
        return turns[place] == NOT_YET || turns[place] >= since
    }

    fun pending(since: Int): List<TaskImpl<T>> = tasks.filter { wasPending(it, since) }

    /** Ends when enough tasks have; cancelling it leaves them alone. */
    private inner class Enough(private val returnWhen: ReturnWhen) : Promise<Unit>() {
        override fun awaited(): Collection<TaskImpl<*>> = tasks

        override fun toString(): String = "$returnWhen of ${tasks.size} tasks"

        fun suffices(task: TaskImpl<*>) = when (returnWhen) {
            ReturnWhen.ALL_COMPLETED -> false
            ReturnWhen.FIRST_COMPLETED -> true
            ReturnWhen.FIRST_EXCEPTION -> task.ended is Outcome.Failure
        }
    }

    private companion object {
        private const val NOT_YET = -1
    }
}

/** The tasks of [log] that were pending when [since] of them had ended: a set that knows where it comes from. */
internal class PendingTasks<T>(val log: WaitLog<T>, val since: Int) : java.util.AbstractSet<Task<T>>() {
    override val size: Int get() = log.size - since

    override fun contains(element: Task<T>): Boolean = log.wasPending(element, since)

    override fun iterator(): MutableIterator<Task<T>> =
        Collections.unmodifiableCollection<Task<T>>(log.pending(since)).iterator()
}

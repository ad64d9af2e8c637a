package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.WaitResult
import java.util.Collections
import java.util.IdentityHashMap

/** The tasks of one wait, or of several in a row, and which of them have ended, in the order in which they did. */
internal class WaitLog<T>(private val tasks: List<TaskImpl<T>>) {
    private val followers = List(tasks.size) { Follower(it) }

    /** Where each task stands, for who asks; most only wait. */
    private val places by lazy {
        tasks.withIndex().associateTo(IdentityHashMap<Task<*>, Int>(tasks.size)) { it.value to it.index }
    }

    // Guarded by this, all of them.
    private val ends = IntArray(tasks.size)
    private var ended = 0
    private val turns = IntArray(tasks.size) { NOT_YET }
    private var waiting: Enough? = null

    val size: Int get() = tasks.size

    fun follow(): PendingTasks<T> {
        val all = PendingTasks(this, 0)
        followers.forEach { it.follow() }
        return all
    }

    /** Forgets those that have not ended. */
    fun detach(): Unit = followers.forEach { it.forget() }

    private fun ended(place: Int) {
        val waiter =
            synchronized(this) {
                turns[place] = ended
                ends[ended++] = place
                waiting?.takeIf { ended == tasks.size || it.suffices(tasks[place]) }
            }
        waiter?.end(Outcome.Success(Unit))
    }

    /** Knows where its task stands: of a million, a map that told would be in no cache. */
    private inner class Follower(private val place: Int) : Promise.Listener {
        fun follow() {
            if (!tasks[place].listen(this)) ended(place)
        }

        fun forget() {
            if (!tasks[place].isDone) tasks[place].forget(this)
        }

        override fun onEnd(promise: Promise<*>): Unit = ended(place)
    }

    /** A promise that ends when enough of [before] have; it may have. */
    @Synchronized
    fun waitFor(returnWhen: ReturnWhen, before: PendingTasks<T>): Promise<Unit> {
        val enough = Enough(returnWhen)
        waiting = enough
        val isEnough = ended == tasks.size || (before.since..<ended).any { enough.suffices(tasks[ends[it]]) }
        if (isEnough) enough.end(Outcome.Success(Unit))
        return enough
    }

    @Synchronized
    fun stopWaiting(enough: Promise<Unit>) {
        if (waiting === enough) waiting = null
    }

    /** Those of [before] that have ended by now, and the rest. */
    @Synchronized
    fun sorted(before: PendingTasks<T>): WaitResult<T> {
        val done = ends.copyOfRange(before.since, ended).apply(IntArray::sort).map { tasks[it] }
        return WaitResult(DoneTasks(this, before.since, done), PendingTasks(this, ended))
    }

    /** Whether [task] is one of those that ended in the [turns]. */
    @Synchronized
    fun hasEnded(task: Any?, turns: IntRange): Boolean {
        val place = places[task] ?: return false
        return this.turns[place] in turns
    }

    /** Whether [task] is one of those that had not ended when [since] had. */
    @Synchronized
    fun wasPending(task: Any?, since: Int): Boolean {
        val place = places[task] ?: return false
        return wasPending(place, since)
    }

    @Synchronized
    fun pending(since: Int): List<TaskImpl<T>> = tasks.filterIndexed { place, _ -> wasPending(place, since) }

    private fun wasPending(place: Int, since: Int) = turns[place] == NOT_YET || turns[place] >= since

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

/** The tasks of [log] that ended from the turn [since] on, in the order they were given: a set that hashes none of them. */
internal class DoneTasks<T>(private val log: WaitLog<T>, private val since: Int, private val tasks: List<Task<T>>) :
    java.util.AbstractSet<Task<T>>() {
    override val size: Int get() = tasks.size

    override fun contains(element: Task<T>): Boolean = log.hasEnded(element, since..<since + size)

    override fun iterator(): MutableIterator<Task<T>> = Collections.unmodifiableCollection(tasks).iterator()
}

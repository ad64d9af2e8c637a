package dev.jawait.runtime.tasks

import dev.jawait.AsCompleted
import dev.jawait.AsyncTimeoutException
import dev.jawait.Awaitable
import dev.jawait.Completed
import dev.jawait.Coroutine
import dev.jawait.Outcome
import dev.jawait.Task
import dev.jawait.runtime.loop.Timer
import java.time.Duration

/** What `asCompleted` hands out. Its work starts with the first item asked for. */
internal class AsCompletedImpl<T>(private val input: Iterable<Awaitable<out T>>, private val limit: Duration? = null) :
    AsyncItems<Completed<T>>("asCompleted"),
    AsCompleted<T> {
    private var arrivals: Arrivals<T>? = null

    override fun timeout(limit: Duration): AsCompleted<T> = AsCompletedImpl(input, limit)

    @Synchronized
    private fun startedIn(task: TaskImpl<*>): Arrivals<T> =
        arrivals ?: Arrivals(Starting(input, task).tasks, limit).also {
            arrivals = it
            it.follow(task)
        }

    override suspend fun nextIn(task: TaskImpl<*>): Completed<T>? = startedIn(task).next(task)

    override suspend fun hasNextIn(task: TaskImpl<*>): Boolean = startedIn(task).hasNext()

    override fun pending(): List<Task<T>> = synchronized(this) { arrivals }?.pending().orEmpty()

    override fun cancelPending(): Coroutine<Void?> {
        val cancelled = synchronized(this) { arrivals }?.pending().orEmpty().filter { it.cancel() }
        return NativeBody("asCompleted.cancelPending") { task ->
            waitForAll(task, cancelled)
            null
        }
    }
}

/** The tasks of one iteration, and those that have arrived. */
private class Arrivals<T>(private val tasks: List<TaskImpl<T>>, private val limit: Duration?) {
    private val queue = CompletionQueue<Completed<T>>(::pending)
    private val items = tasks.mapIndexed { index, task -> Item(task, index) }

    /** How many have not been asked for. Guarded by this. */
    private var left = tasks.size

    /** How many have not been put in the queue. Guarded by this. */
    private var missing = tasks.size

    @Volatile
    private var timer: Timer? = null

    fun follow(task: TaskImpl<*>) {
        items.forEach { if (!it.task.listen(it)) it.onEnd(it.task) }
        if (limit == null || allHere()) return
        timer = task.timers.after(limit.saturatedNanos(), ::expire)
        if (allHere()) timer?.cancel()
    }

    @Synchronized
    private fun allHere() = missing == 0

    /** Each of the rest is a time-out; those that have ended already are in the queue before them. */
    private fun expire(): Unit = items.forEach { if (it.task.ended == null) it.arrive(Outcome.Failure(timedOut())) }

    private fun timedOut() = AsyncTimeoutException("asCompleted: time limit of ${limit!!.saturatedMillis()} ms passed")

    @Synchronized
    fun hasNext(): Boolean = left > 0

    suspend fun next(task: TaskImpl<*>): Completed<T>? {
        synchronized(this) {
            if (left == 0) return null
            left--
        }
        try {
            return queue.take(task).also { items[it.index()].task.markRetrieved() }
        } catch (error: Throwable) {
            synchronized(this) { left++ }
            throw error
        }
    }

    fun pending(): List<TaskImpl<T>> = tasks.filter { !it.isDone }

    private inner class Item(val task: TaskImpl<T>, private val index: Int) : Promise.Listener {
        private var arrived = false

        override fun onEnd(promise: Promise<*>) {
            arrive(task.ended!!)
        }

        fun arrive(outcome: Outcome<T>) {
            synchronized(this) {
                if (arrived) return
                arrived = true
            }
            queue.put(Completed(task, index, outcome))
            if (synchronized(this@Arrivals) { --missing } == 0) timer?.cancel()
        }
    }
}

package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.CancelledException
import dev.jawait.Coroutine
import dev.jawait.Gather
import dev.jawait.Outcome
import java.util.concurrent.atomic.AtomicInteger

/** The coroutine of `gather`. */
internal class GatherImpl<T>(
    private val input: Iterable<Awaitable<out T>>,
    private val limit: Int = 0,
    private val cancelOnFailure: Boolean = false,
) : Recipe<List<T>>("gather"),
    Gather<T> {
    override fun cancelOnFailure(): Gather<T> = with(limit, true)

    override fun limit(limit: Int): Gather<T> {
        require(limit > 0) { "At least one must be allowed to run: limit($limit)" }
        return with(limit, cancelOnFailure)
    }

    private fun with(limit: Int, cancelOnFailure: Boolean): Gather<T> {
        used()
        return GatherImpl(input, limit, cancelOnFailure)
    }

    override suspend fun runIn(task: TaskImpl<*>): List<T> = if (limit == 0) {
        val started = Starting(input, task)
        runAll(task, started.tasks, stopOnFailure = true)
        started.places.map { it.ended!!.valueOrThrow() }
    } else {
        inLanes(task, stopOnFailure = true).map { it.valueOrThrow() }
    }

    override fun returnExceptions(): Coroutine<List<Outcome<T>>> {
        used()
        return NativeBody("gather", ::outcomes)
    }

    private suspend fun outcomes(task: TaskImpl<*>): List<Outcome<T>> {
        if (limit > 0) return inLanes(task, stopOnFailure = false)
        val started = Starting(input, task)
        runAll(task, started.tasks, stopOnFailure = false)
        return started.places.map { it.markRetrieved().let { _ -> it.ended!! } }
    }

    private suspend fun runAll(task: TaskImpl<*>, children: List<TaskImpl<*>>, stopOnFailure: Boolean) {
        if (children.isEmpty()) return
        val gathering = Gathering(children, stopOnFailure).apply { follow() }
        try {
            task.awaitPromise(gathering)
        } catch (error: Throwable) {
            if (cancelOnFailure) endAll(task, gathering, children)
            throw error
        }
    }

    /** Those that were cancelled with this gather are not cancelled again: they may be cleaning up. */
    private suspend fun endAll(task: TaskImpl<*>, gathering: Gathering, children: List<TaskImpl<*>>) {
        if (gathering.cancelRequested) waitForAll(task, children) else cancelAndWait(task, children)
    }

    /**
     * With a limit, as many lanes as that share the input: each takes the next awaitable when it is done with one, so
     * that no more tasks than these exist, however long the input.
     */
    private suspend fun inLanes(task: TaskImpl<*>, stopOnFailure: Boolean): List<Outcome<T>> {
        val work = SharedInput(input)
        val lanes =
            List(minOf(limit, (input as? Collection)?.size ?: limit)) {
                NativeBody("gather lane $it") { lane -> work.drain(lane, stopOnFailure) }
            }
        try {
            val tasks = lanes.map { it.ensureTask(task) }
            runAll(task, tasks, stopOnFailure)
            // A lane as such fails where reading the input does, and is cancelled by nobody but who finds it by himself.
            tasks.forEach { it.ended!!.valueOrThrow() }
            return work.outcomes()
        } finally {
            work.close()
        }
    }
}

/** Cancels what has not ended of [children] and waits for them, whatever they end with. */
internal suspend fun cancelAndWait(task: TaskImpl<*>, children: Collection<TaskImpl<*>>) {
    waitForAll(task, children.filter { it.cancel() })
}

/** Waits for [children], whatever they end with. */
internal suspend fun waitForAll(task: TaskImpl<*>, children: List<TaskImpl<*>>) {
    if (children.isNotEmpty()) task.awaitPromise(Gathering(children, stopOnFailure = false).apply { follow() })
}

/** Ends when all [children] have, or, on request, at the first that does not succeed; cancelling it cancels them. */
internal class Gathering(private val children: List<TaskImpl<*>>, private val stopOnFailure: Boolean) :
    Promise<Unit>(),
    Promise.Listener {
    private val left = AtomicInteger(children.size)

    @Volatile
    var cancelRequested = false
        private set

    fun follow(): Unit = children.forEach { if (!it.listen(this)) onEnd(it) }

    override fun awaited(): Collection<TaskImpl<*>> = children

    override fun toString(): String = "${children.size} tasks together"

    override fun onEnd(promise: Promise<*>) {
        val child = promise as TaskImpl<*>
        child.markRetrieved()
        val error = child.ended!!.exceptionOrNull()
        if (stopOnFailure && error != null) end(Outcome.Failure(error))
        if (left.decrementAndGet() == 0) end(allEnded(error))
    }

    private fun allEnded(lastError: Throwable?): Outcome<Unit> = if (cancelRequested) {
        Outcome.Failure(
            lastError as? CancelledException ?: CancelledException(null),
        )
    } else {
        Outcome.Success(Unit)
    }

    override fun cancel(message: String?): Boolean {
        if (ended != null) return false
        cancelRequested = true
        return children.count { it.cancel(message) } > 0
    }
}

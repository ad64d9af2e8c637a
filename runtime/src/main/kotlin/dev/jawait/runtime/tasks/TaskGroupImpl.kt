package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.CancelledException
import dev.jawait.Outcome
import dev.jawait.Task
import dev.jawait.TaskGroup
import dev.jawait.TaskGroupException

/** Runs [body] with a task group, and waits for what it has created, however the body ended. */
internal suspend fun <T> taskGroupIn(task: TaskImpl<*>, body: suspend (TaskGroupImpl) -> T): T =
    task.withJobSlot { slot ->
        val group = TaskGroupImpl(task, slot)
        group.exit(runCatching { body(group) })
    }

/**
 * The group of one run of `taskGroup`: asyncio's class of that name. The first failure cancels the other children, and
 * [parent] within [slot], to interrupt the body; that cancel is taken back when the group is left. Whoever cancels the
 * parent holds the group open meanwhile, so that the cancel cannot arrive after it was taken back.
 */
internal class TaskGroupImpl(private val parent: TaskImpl<*>, private val slot: JobSlot) :
    TaskGroup,
    Promise.Listener {
    // Guarded by this, all of them.
    private val children = LinkedHashSet<TaskImpl<*>>()
    private val errors = ArrayList<Throwable>()

    /** Children, and others who are not done with the group. */
    private var holds = 0
    private var exiting = false
    private var aborting = false
    private var parentCancelRequested = false
    private var onCompleted: Promise<Unit>? = null

    // ---- children

    override fun <T> createTask(awaitable: Awaitable<T>): Task<T> = create(null, awaitable)

    override fun <T> createTask(name: String, awaitable: Awaitable<T>): Task<T> = create(name, awaitable)

    private fun <T> create(name: String?, awaitable: Awaitable<T>): Task<T> {
        check(awaitable !== parent) { "Task ${parent.name()} cannot wait for itself in its task group" }
        hold()
        try {
            @Suppress("UNCHECKED_CAST")
            val child = awaitable.ensureTask(parent, name) as TaskImpl<T>
            if (adopt(child) && !child.listen(this)) onEnd(child)
            return child
        } finally {
            release()
        }
    }

    @Synchronized
    private fun hold() {
        check(!isFinished()) { "The task group of task ${parent.name()} has ended: it takes no more tasks" }
        if (aborting) throw Refusal(this)
        holds++
    }

    /** False if it is a child already. One that comes while the group begins to shut down is cancelled as the others. */
    private fun adopt(child: TaskImpl<*>): Boolean {
        val late =
            synchronized(this) {
                if (!children.add(child)) return false
                holds++
                aborting
            }
        if (late) child.cancel(SHUTTING_DOWN)
        return true
    }

    /** A child has ended. */
    override fun onEnd(promise: Promise<*>) {
        val child = promise as TaskImpl<*>
        child.markRetrieved()
        val error = (child.ended as? Outcome.Failure)?.exception()
        if (error != null && !isRefusal(error)) {
            synchronized(this) { errors.add(error) }
            abort(withParent = true)
        }
        synchronized(this) { children.remove(child) }
        release()
    }

    private fun release() {
        val completed = synchronized(this) { if (--holds == 0) onCompleted else null }
        completed?.end(Outcome.Success(Unit))
    }

    // ---- shutting down

    override fun cancel() {
        synchronized(this) {
            if (isFinished()) return
            holds++
        }
        abort(withParent = true)
        release()
    }

    /** Cancels the children, once; with the parent if it does not know yet. */
    private fun abort(withParent: Boolean) {
        val left =
            synchronized(this) {
                if (aborting) return
                aborting = true
                parentCancelRequested = withParent
                children.toList()
            }
        left.forEach { it.cancel(SHUTTING_DOWN) }
        if (withParent) parent.cancel(SHUTTING_DOWN, slot)
    }

    private fun isFinished() = exiting && holds == 0

    // ---- leaving

    /** Waits for the children, and ends as they and the [body] have: failed, cancelled, or with the body's value. */
    suspend fun <T> exit(body: Result<T>): T {
        synchronized(this) { exiting = true }
        val error = body.exceptionOrNull()?.let(::endOfBody)
        if (error != null) abort(withParent = false)
        val cancel = awaitChildren((error as? Outcome.Cancelled)?.exception())
        val isOurs = parentCancelRequested && parent.uncancel(slot) == 0
        throwErrors((error as? Outcome.Failure)?.exception())
        if (cancel != null && !isOurs) throw cancel
        @Suppress("UNCHECKED_CAST")
        return body.getOrNull() as T
    }

    private fun endOfBody(error: Throwable): Outcome<Nothing> =
        if (error is InterruptedException && parent.cancelling() > 0) {
            Outcome.Cancelled(cancelledBy(error, error.message))
        } else {
            failureOf(error)
        }

    /** Returns the cancel that arrived, here or in the body; our own one counts only where no other did. */
    private suspend fun awaitChildren(ofBody: CancelledException?): CancelledException? {
        var cancel = ofBody
        while (true) {
            val completed = nextCompletion() ?: return cancel
            try {
                parent.awaitPromise(completed)
            } catch (arrived: CancelledException) {
                if (cancel == null || parentCancelRequested) cancel = arrived
                abort(withParent = false)
            }
        }
    }

    @Synchronized
    private fun nextCompletion(): Promise<Unit>? = if (holds == 0) null else Completion().also { onCompleted = it }

    /** Ends when nobody holds the group any more. */
    private inner class Completion : Promise<Unit>() {
        override fun awaited(): Collection<TaskImpl<*>> = synchronized(this@TaskGroupImpl) { children.toList() }

        override fun toString(): String = "its task group"
    }

    /** An error that the body has from a child is one error. */
    private fun throwErrors(ofBody: Throwable?) {
        if (ofBody != null && !isRefusal(ofBody) && errors.none { it === ofBody }) errors.add(ofBody)
        if (errors.isEmpty()) return
        errors.find { it is VirtualMachineError }?.let { throw it }
        parent.recancel()
        throw TaskGroupException(errors)
    }

    private fun isRefusal(error: Throwable) = error is Refusal && error.group === this

    /**
     * Thrown to whoever creates a task while the group shuts down. It is none of the group's errors: where bodies run
     * in parallel, a task can fail just before another one, or the body, creates the next.
     */
    private class Refusal(@Transient val group: TaskGroupImpl) :
        IllegalStateException("The task group of task ${group.parent.name()} is shutting down: it takes no more tasks")

    private companion object {
        const val SHUTTING_DOWN = "The task group is shutting down"
    }
}

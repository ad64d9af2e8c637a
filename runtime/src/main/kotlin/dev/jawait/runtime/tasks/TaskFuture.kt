package dev.jawait.runtime.tasks

import dev.jawait.Outcome
import java.util.concurrent.CompletableFuture

/**
 * A task's end as a future. Ending the future by hand, also by `orTimeout`, cancels the task.
 *
 * @param takeBack is given the task's result if the future was ended by hand as the task ended
 */
internal class TaskFuture<T> private constructor(private val task: TaskImpl<T>, private val takeBack: (T) -> Unit) :
    SafeFuture<T>() {
    override fun cancel(mayInterruptIfRunning: Boolean): Boolean =
        super.cancel(mayInterruptIfRunning).also { cancelTask("The future was cancelled") }

    override fun complete(value: T): Boolean = super.complete(value).also {
        cancelTask("The future was completed by hand")
    }

    override fun completeExceptionally(error: Throwable): Boolean =
        super.completeExceptionally(error).also { cancelTask("The future was completed by hand") }

    private fun cancelTask(reason: String) {
        if (!task.isDone) task.cancel(reason)
    }

    private fun follow() {
        task.markRetrieved()
        when (val end = task.ended!!) {
            is Outcome.Success -> if (!super.complete(end.value())) takeBack(end.value())
            else -> super.completeExceptionally(end.exceptionOrNull()!!)
        }
    }

    companion object {
        /** Completes where code may block, so that its dependents may. */
        fun <T> of(task: TaskImpl<T>, takeBack: (T) -> Unit = {}): CompletableFuture<T> {
            val future = TaskFuture(task, takeBack)
            val surroundings = Snapshot.take()
            val follow = Promise.Listener { task.runner.callbacks.execute { surroundings.around(future::follow) } }
            if (!task.listen(follow)) future.follow()
            return future
        }
    }
}

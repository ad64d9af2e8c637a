package dev.jawait.kotlin

import dev.jawait.Outcome
import dev.jawait.Task
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.valueOrThrow
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.InternalCoroutinesApi

/** The task as a `Deferred`. Cancelling either cancels the other; a failure is the task's own exception. */
@OptIn(InternalCoroutinesApi::class)
public fun <T> Task<T>.asDeferred(): Deferred<T> {
    val task = this as TaskImpl<T>
    val deferred = CompletableDeferred<T>()
    val follow =
        Promise.Listener {
            task.markRetrieved()
            when (val end = task.ended!!) {
                is Outcome.Success -> deferred.complete(end.value())
                else -> deferred.completeExceptionally(end.exceptionOrNull()!!)
            }
        }
    if (!task.listen(follow)) follow.onEnd(task)
    deferred.invokeOnCompletion(onCancelling = true) { cause -> if (deferred.isCancelled) task.cancel(cause?.message) }
    return deferred
}

/** The deferred as a task. Cancelling either cancels the other. */
public fun <T> Deferred<T>.asTask(): Task<T> = coroutine("deferred") { await() }.start().also { task ->
    task.onDone { if (it.isCancelled) cancel() }
}

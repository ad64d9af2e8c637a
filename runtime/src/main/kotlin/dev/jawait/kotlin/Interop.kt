package dev.jawait.kotlin

import dev.jawait.AsyncIterable
import dev.jawait.CancelledException
import dev.jawait.Outcome
import dev.jawait.Task
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.PublishedFlow
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.items
import dev.jawait.runtime.tasks.valueOrThrow
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.util.concurrent.Flow.Publisher

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

/** The job as a task, cancelled if the job was or has failed. Cancelling either cancels the other. */
public fun Job.asTask(): Task<Unit> {
    val job = this
    val task =
        coroutine("job") {
            job.join()
            if (job.isCancelled) throw CancelledException("The job was cancelled or has failed")
        }.start()
    task.onDone { if (it.isCancelled) job.cancel() }
    return task
}

/** The items as a flow. They are handed out once, so a second collection goes on where the first has ended. */
public fun <T : Any> AsyncIterable<T>.asFlow(): Flow<T> = flow {
    while (true) emit(next().await() ?: break)
}

/** What the publisher sends as a flow: each collection subscribes, requests item by item, and cancels at its end. */
public fun <T : Any> Publisher<T>.asFlow(): Flow<T> = items()

/** The flow as a publisher: each subscriber collects it anew, at its own pace; cancelling ends the collection. */
public fun <T : Any> Flow<T>.asPublisher(): Publisher<T> =
    Publisher { subscriber -> PublishedFlow(this, subscriber).begin() }

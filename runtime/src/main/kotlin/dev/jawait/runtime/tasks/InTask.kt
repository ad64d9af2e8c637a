package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

internal const val OUTSIDE = "call from Kotlin"

/**
 * Runs [block] with the task that the calling suspend function is a part of. A caller from outside (under `runBlocking`,
 * Ktor's or any other dispatcher, or in a child of `coroutineScope`) gets a task of its own for the time, on its own
 * dispatcher; cancelling the caller's job cancels that task, and the caller goes on once it has ended.
 */
internal suspend inline fun <T> inTask(crossinline block: suspend (TaskImpl<*>) -> T): T {
    val context = coroutineContext
    return if (context is TaskImpl<*>) block(context) else asCallersTask(context, NativeBody(OUTSIDE) { block(it) })
}

/** As [inTask], to run a coroutine or to wait for a task. */
internal suspend fun <T> Awaitable<T>.awaitInTask(): T {
    val context = coroutineContext
    return when {
        context is TaskImpl<*> -> awaitIn(context)
        this is Recipe<T> -> asCallersTask(context, this)
        else -> asCallersTask(context, NativeBody(OUTSIDE) { awaitIn(it) })
    }
}

internal suspend fun <T> asCallersTask(context: CoroutineContext, recipe: Recipe<T>): T =
    suspendCoroutineUninterceptedOrReturn { caller ->
        val task = callersTask(context, recipe)
        val link = context[Job]?.let { cancelWith(it, task) }
        task.beginHere()
        if (task.listen {
                task.resume(caller, context[TaskImpl]?.task, link)
            }
        ) {
            COROUTINE_SUSPENDED
        } else {
            task.endHere(link)
        }
    }

private fun <T> callersTask(context: CoroutineContext, recipe: Recipe<T>): TaskImpl<T> {
    val creator = context[TaskImpl]?.task
    val runner = creator?.runner ?: RunnerImpl.shared
    val slot = JobSlot(null, context[Job])
    val elements = context.minusKey(Job).minusKey(TaskImpl).minusKey(ContinuationInterceptor)
    val place = CallersPlace(context.minusKey(TaskImpl))
    return runner.callersTask(recipe.givenName ?: OUTSIDE, creator, recipe, place, elements, slot)
}

@OptIn(InternalCoroutinesApi::class)
private fun cancelWith(job: Job, task: TaskImpl<*>) =
    job.invokeOnCompletion(onCancelling = true) { cause -> if (cause != null) task.cancel(cause.message) }

/** A caller without a dispatcher goes on here, as code of [creator]: this task has ended. */
private fun <T> TaskImpl<T>.resume(
    caller: Continuation<T>,
    creator: TaskImpl<*>?,
    link: kotlinx.coroutines.DisposableHandle?,
) {
    link?.dispose()
    Current.during(creator) { caller.intercepted().resumeWith(runCatching { value() }) }
}

private fun <T> TaskImpl<T>.endHere(link: kotlinx.coroutines.DisposableHandle?): T {
    link?.dispose()
    return value()
}

private fun <T> TaskImpl<T>.value(): T {
    markRetrieved()
    return ended!!.valueOrThrow()
}

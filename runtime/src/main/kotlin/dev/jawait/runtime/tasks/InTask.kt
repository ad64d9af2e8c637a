package dev.jawait.runtime.tasks

import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.Job
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/**
 * Runs [block] with the task that the calling suspend function is a part of. A caller from outside (under `runBlocking`,
 * Ktor's or any other dispatcher, or in a child of `coroutineScope`) gets a task of its own for the time, on its own
 * dispatcher; cancelling the caller's job cancels that task, and the caller goes on once it has ended.
 */
internal suspend fun <T> inTask(block: suspend (TaskImpl<*>) -> T): T {
    val context = coroutineContext
    return if (context is TaskImpl<*>) block(context) else asCallersTask(context, block)
}

private suspend fun <T> asCallersTask(context: CoroutineContext, block: suspend (TaskImpl<*>) -> T): T =
    suspendCoroutineUninterceptedOrReturn { caller ->
        val task = callersTask(context, block)
        val link = context[Job]?.let { cancelWith(it, task) }
        task.beginHere()
        if (task.listen { task.resume(caller, link) }) COROUTINE_SUSPENDED else task.endHere(link)
    }

private fun <T> callersTask(context: CoroutineContext, block: suspend (TaskImpl<*>) -> T): TaskImpl<T> {
    val creator = context[TaskImpl]?.task
    val runner = creator?.runner ?: RunnerImpl.shared
    val slot = JobSlot(null, context[Job])
    val elements = context.minusKey(Job).minusKey(TaskImpl).minusKey(ContinuationInterceptor)
    val place = CallersPlace(context.minusKey(TaskImpl))
    return runner.callersTask(creator, CallersBody(slot, block), place, elements, slot)
}

private class CallersBody<T>(private val slot: JobSlot, private val block: suspend (TaskImpl<*>) -> T) :
    Recipe<T>("call from Kotlin") {
    override suspend fun runIn(task: TaskImpl<*>): T = try {
        block(task)
    } finally {
        slot.close()
    }
}

@OptIn(InternalCoroutinesApi::class)
private fun cancelWith(job: Job, task: TaskImpl<*>) =
    job.invokeOnCompletion(onCancelling = true) { cause -> if (cause != null) task.cancel(cause.message) }

private fun <T> TaskImpl<T>.resume(caller: Continuation<T>, link: kotlinx.coroutines.DisposableHandle?) {
    link?.dispose()
    caller.intercepted().resumeWith(runCatching { value() })
}

private fun <T> TaskImpl<T>.endHere(link: kotlinx.coroutines.DisposableHandle?): T {
    link?.dispose()
    return value()
}

private fun <T> TaskImpl<T>.value(): T {
    markRetrieved()
    return ended!!.valueOrThrow()
}

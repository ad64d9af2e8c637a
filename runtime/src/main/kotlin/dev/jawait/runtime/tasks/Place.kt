package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop
import kotlinx.coroutines.CoroutineDispatcher
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/** Where the steps of a task run. It runs them one after the other, and never on the stack of [execute]. */
internal interface Place {
    /** What Kotlin's own primitives resume on. */
    val interceptor: ContinuationInterceptor?

    /** Runs a step of [task]. */
    fun execute(task: TaskImpl<*>, step: Runnable)
}

/** A place that is a dispatcher itself. */
internal abstract class DispatcherPlace :
    CoroutineDispatcher(),
    Place {
    final override val interceptor: ContinuationInterceptor get() = this

    final override fun dispatch(context: CoroutineContext, block: Runnable) {
        val task =
            context as? TaskImpl<*> ?: context[TaskImpl]?.task
                ?: error("A dispatcher of Jawait's belongs to a task; this context has none: $context")
        execute(task, block)
    }
}

/** An event loop, or the turns of one. */
internal class LoopPlace(val loop: Loop, private val turn: Turn?) : DispatcherPlace() {
    override fun execute(task: TaskImpl<*>, step: Runnable) {
        val piece = asStepOf(task, step)
        if (turn == null) loop.execute(piece) else turn.execute(piece)
    }

    override fun toString(): String = "loop ${loop.index()}"
}

/** The dispatcher of a Kotlin caller who came from outside; who has none, or needs none, goes on on the task's loop. */
internal class CallersPlace(context: CoroutineContext) : Place {
    override val interceptor = context[ContinuationInterceptor]
    private val dispatcher = interceptor as? CoroutineDispatcher
    private val threadElements = ThreadElements.of(context)

    override fun execute(task: TaskImpl<*>, step: Runnable) {
        dispatch(task, threadElements?.around(step) ?: step)
    }

    private fun dispatch(task: TaskImpl<*>, step: Runnable) {
        if (dispatcher != null && dispatcher.isDispatchNeeded(task)) {
            val piece = asStepOf(task, step)
            Loop.wake { dispatcher.dispatch(task, piece) }
        } else {
            task.home.execute(task, step)
        }
    }
}

/** A task's own steps say themselves whose they are; those of Kotlin's primitives are told here. */
private fun asStepOf(task: TaskImpl<*>, step: Runnable): Runnable =
    if (step === task) step else Runnable { task.during(step::run) }

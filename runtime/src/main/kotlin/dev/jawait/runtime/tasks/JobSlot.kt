package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.Job

/**
 * The `Job` that Kotlin's own primitives (`delay`, channels, `coroutineScope`) see inside of a suspend body, made when one
 * asks for it. A job is cancelled for good; so every body, and every time limit within it, has one of its own, and a limit
 * that passes ends no more than what it limits.
 *
 * @param outer the slot around it, or null
 * @param parent the job of a caller from outside, or null
 */
internal class JobSlot(val outer: JobSlot?, private val parent: Job? = null) {
    private var job: CompletableJob? = null
    private var cause: CancelledException? = null
    private var closed = false

    @Synchronized
    fun job(): Job = job ?: Job(parent ?: outer?.job()).also {
        job = it
        cause?.let(it::cancel)
        if (closed) it.complete()
    }

    fun cancel(cause: CancelledException) {
        val made =
            synchronized(this) {
                this.cause = this.cause ?: cause
                job
            }
        made?.cancel(cause)
    }

    /** The body has ended: the parent need not wait for it. */
    @Synchronized
    fun close() {
        closed = true
        job?.complete()
    }

    private fun isWithin(other: JobSlot) = generateSequence(this) { it.outer }.any { it === other }

    companion object {
        /** The outer one of two; null, which stands for the whole task, is outside of all. */
        fun outermost(one: JobSlot?, other: JobSlot?): JobSlot? = when {
            one == null || other == null -> null
            one.isWithin(other) -> other
            else -> one
        }
    }
}

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

    @Synchronized
    fun job(): Job = job ?: Job(parent ?: outer?.job()).also {
        job = it
        cause?.let(it::cancel)
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
        job?.complete()
    }
}

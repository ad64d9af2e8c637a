package dev.jawait.runtime.tasks

import kotlinx.coroutines.ThreadContextElement
import kotlin.coroutines.CoroutineContext

/**
 * The elements of a Kotlin caller that live in thread locals (a logger's MDC, say): there while a step of the caller's
 * task runs, as kotlinx has them there while a step of the caller does.
 */
internal class ThreadElements private constructor(
    private val context: CoroutineContext,
    private val elements: List<ThreadContextElement<*>>,
) {
    fun around(step: Runnable) = Runnable {
        val restores = elements.map { it.enter() }
        try {
            step.run()
        } finally {
            restores.asReversed().forEach { it() }
        }
    }

    private fun <S> ThreadContextElement<S>.enter(): () -> Unit {
        val before = updateThreadContext(context)
        return { restoreThreadContext(context, before) }
    }

    companion object {
        /** Those of [context], or null. */
        fun of(context: CoroutineContext): ThreadElements? {
            val elements = context.fold(emptyList<ThreadContextElement<*>>()) { found, element ->
                if (element is ThreadContextElement<*>) found + element else found
            }
            return if (elements.isEmpty()) null else ThreadElements(context, elements)
        }
    }
}

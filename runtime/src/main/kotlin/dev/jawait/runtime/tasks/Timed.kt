package dev.jawait.runtime.tasks

import org.slf4j.LoggerFactory
import java.util.concurrent.CancellationException

private val LOG = LoggerFactory.getLogger("dev.jawait.timed")

/** Logs that [block] starts, and how long it took, however it ends. */
internal suspend fun <T> timedIn(task: TaskImpl<*>, name: String, block: suspend () -> T): T {
    LOG.info("{} starts", name)
    val start = task.timers.nanoTime()
    val result = runCatching { block() }
    val millis = (task.timers.nanoTime() - start) / 1_000_000
    LOG.info("{} {} after {} ms", name, ending(result.exceptionOrNull()), millis)
    return result.getOrThrow()
}

private fun ending(error: Throwable?) = when (error) {
    null -> "finished"
    is CancellationException -> "was cancelled"
    else -> "failed with ${error.javaClass.simpleName}"
}

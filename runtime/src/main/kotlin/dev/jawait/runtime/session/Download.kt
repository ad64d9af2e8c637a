package dev.jawait.runtime.session

import dev.jawait.Outcome
import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.failureOf
import dev.jawait.runtime.tasks.onThread
import java.io.IOException
import java.io.UncheckedIOException
import java.nio.ByteBuffer
import java.nio.file.Path

/** Saves what is left to [file], on threads that may block; a failure or a cancel leaves nothing of it. */
internal suspend fun BodyReader.saveTo(task: TaskImpl<*>, file: Path, replace: Boolean): Long = alone {
    val part = PartFile(file, replace)
    try {
        task.onThread(part::open)
        val count = copyTo(part, task)
        task.onThread(part::complete)
        count
    } catch (error: Throwable) {
        task.surelyOnThread(part::close)
        throw if (error is IOException) UncheckedIOException("Cannot save a body to $file: $error", error) else error
    }
}

private suspend fun BodyReader.copyTo(part: PartFile, task: TaskImpl<*>): Long {
    var count = 0L
    while (true) {
        val piece = next(task) ?: return count
        // A copy: whoever writes may go on with it after a cancel.
        val bytes = bytesOf(piece)
        task.onThread { part.write(ByteBuffer.wrap(bytes)) }
        count += bytes.size
    }
}

/** Runs [code] on a thread of its own, even if this task is cancelled before it begins. */
private suspend fun TaskImpl<*>.surelyOnThread(code: () -> Unit) {
    val done = Promise<Unit>()
    runner.threads.execute { done.end(runCatching(code).fold({ Outcome.Success(Unit) }, ::failureOf)) }
    awaitPromise(done)
}

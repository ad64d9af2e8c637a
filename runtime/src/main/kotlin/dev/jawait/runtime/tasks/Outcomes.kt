package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.Outcome
import kotlinx.coroutines.TimeoutCancellationException
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletionException
import java.util.concurrent.ExecutionException

/**
 * What a body that threw [error] ended with. Any cancellation but Kotlin's time-out is a cancel (that one is an error like
 * any other here: nothing has cancelled the task); a checked exception loses the wrapping it got on its way.
 */
internal fun <T> failureOf(error: Throwable): Outcome<T> = when {
    error is CancelledException -> Outcome.Cancelled(error)
    error is TimeoutCancellationException -> Outcome.Failure(error)
    error is CancellationException -> Outcome.Cancelled(cancelledBy(error, error.message))
    error is CompletionException && error.cause != null -> failureOf(error.cause!!)
    else -> Outcome.Failure(error)
}

/** What a stage that completed like this ended with. */
internal fun <T> outcomeOf(value: T, error: Throwable?): Outcome<T> = when {
    error == null -> Outcome.Success(value)
    error is ExecutionException && error.cause != null -> failureOf(error.cause!!)
    else -> failureOf(error)
}

internal fun cancelledBy(cause: Throwable, message: String?): CancelledException =
    CancelledException(message).apply { initCause(cause) }

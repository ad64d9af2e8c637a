package dev.jawait.kotlin

import dev.jawait.Awaitable
import dev.jawait.Completed
import dev.jawait.Deadline
import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.WaitResult
import dev.jawait.runtime.tasks.AsCompletedImpl
import dev.jawait.runtime.tasks.GatherImpl
import dev.jawait.runtime.tasks.Shield
import dev.jawait.runtime.tasks.Tasks
import dev.jawait.runtime.tasks.WaitUntilImpl
import dev.jawait.runtime.tasks.inTask
import dev.jawait.runtime.tasks.withTimeLimit
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Runs all at the same time and returns the values in the order given; see [dev.jawait.Gather]. The first failure is
 * thrown at once and the others run on: not as `awaitAll` in a `coroutineScope`, which cancels them.
 *
 * @param limit how many run at once; 0 for all
 * @param cancelOnFailure whether the first failure cancels the others and waits for them
 */
public suspend fun <T> gather(
    awaitables: Iterable<Awaitable<out T>>,
    limit: Int = 0,
    cancelOnFailure: Boolean = false,
): List<T> = GatherImpl(awaitables, checkedLimit(limit), cancelOnFailure).await()

/** [gather] of a sequence; with a [limit] it is read as places get free, so it may be long. */
public suspend fun <T> gather(
    awaitables: Sequence<Awaitable<out T>>,
    limit: Int = 0,
    cancelOnFailure: Boolean = false,
): List<T> = gather(awaitables.asIterable(), limit, cancelOnFailure)

/** [gather] of those given. */
public suspend fun <T> gather(vararg awaitables: Awaitable<out T>): List<T> = gather(awaitables.asList())

/** [gather] that waits for all and returns how each one ended: nothing is thrown but the own cancel. */
public suspend fun <T> gatherOutcomes(awaitables: Iterable<Awaitable<out T>>, limit: Int = 0): List<Outcome<T>> =
    GatherImpl(awaitables, checkedLimit(limit)).returnExceptions().await()

/** [gatherOutcomes] of those given. */
public suspend fun <T> gatherOutcomes(vararg awaitables: Awaitable<out T>): List<Outcome<T>> =
    gatherOutcomes(awaitables.asList())

private fun checkedLimit(limit: Int) = limit.also {
    require(it >= 0) { "At least one must be allowed to run: limit = $it" }
}

/**
 * Runs all at the same time and emits each one as it ends; see [dev.jawait.AsCompleted]. Each collection starts the
 * coroutines anew. After [timeout] each of the rest is emitted as a failure with [dev.jawait.AsyncTimeoutException];
 * nothing is cancelled.
 */
public fun <T> asCompleted(awaitables: Iterable<Awaitable<out T>>, timeout: Duration? = null): Flow<Completed<T>> =
    flow {
        val arrivals = AsCompletedImpl(awaitables, timeout?.toJavaDuration())
        while (true) emit(inTask { task -> arrivals.nextIn(task) } ?: break)
    }

/** Waits for tasks and sorts them into done and pending; see [dev.jawait.WaitUntil]. */
public suspend fun <T> waitUntil(
    returnWhen: ReturnWhen,
    tasks: Iterable<Task<out T>>,
    timeout: Duration? = null,
): WaitResult<T> {
    val all = WaitUntilImpl.of(returnWhen, tasks)
    val limited = if (timeout == null) all else all.timeout(timeout.toJavaDuration())
    return limited.await()
}

/** `val (done, pending) = waitUntil(…)`. */
public operator fun <T> WaitResult<T>.component1(): Set<Task<T>> = done()

/** `val (done, pending) = waitUntil(…)`. */
public operator fun <T> WaitResult<T>.component2(): Set<Task<T>> = pending()

/** Runs all at the same time; the first to end decides, the others are cancelled and waited for. */
public suspend fun <T> race(awaitables: Iterable<Awaitable<out T>>): T = Tasks.race(awaitables).await()

/** [race] of those given. */
public suspend fun <T> race(vararg awaitables: Awaitable<out T>): T = race(awaitables.asList())

/** Runs all at the same time; the first to succeed decides, the others are cancelled and waited for. */
public suspend fun <T> firstSuccess(awaitables: Iterable<Awaitable<out T>>): T = Tasks.firstSuccess(awaitables).await()

/** [firstSuccess] of those given. */
public suspend fun <T> firstSuccess(vararg awaitables: Awaitable<out T>): T = firstSuccess(awaitables.asList())

/** [firstSuccess] that starts the next when [delay] has passed without a result, or one has failed. */
public suspend fun <T> hedge(delay: Duration, awaitables: Iterable<Awaitable<out T>>): T =
    Tasks.hedge(delay.toJavaDuration(), awaitables).await()

/** [hedge] of those given. */
public suspend fun <T> hedge(delay: Duration, vararg awaitables: Awaitable<out T>): T =
    hedge(delay, awaitables.asList())

/**
 * Runs [body] under a time limit, which it may look at and move. When that passes, it is an
 * [dev.jawait.AsyncTimeoutException], an ordinary error: unlike the one of `kotlinx.coroutines.withTimeout` it never ends
 * a parent silently.
 */
public suspend fun <T> withTimeout(limit: Duration, body: suspend (Deadline) -> T): T =
    inTask { task -> withTimeLimit(task, limit.toJavaDuration(), body) }

/** Awaits [awaitable] so that cancelling the waiter leaves it running. */
public suspend fun <T> shield(awaitable: Awaitable<T>): T = Shield(awaitable).await()

package dev.jawait;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs several awaitables at the same time and results in their values, in the order they were given: asyncio's
 * {@code gather}. The same object given twice runs once, its value is at both places.
 *
 * <p>The first failure ends the wait at once and is thrown as it is; the others <em>run on</em>, unless
 * {@link #cancelOnFailure()} is asked for. Cancelling the gather cancels all that has not ended, and ends it with the
 * first that has; with {@code returnExceptions()} or {@code cancelOnFailure()} it ends when all have. It starts its work
 * when it is awaited or started (asyncio's starts at the call).
 *
 * <p>Each option gives a new gather; this one stays as it is.
 */
public interface Gather<T extends @Nullable Object> extends Coroutine<List<T>> {
    /** The same, but waits for all, and results in how each one ended: nothing is thrown but the own cancel. */
    Coroutine<List<Outcome<T>>> returnExceptions();

    /** The same, but the first failure cancels the others and waits for them before it is thrown. */
    Gather<T> cancelOnFailure();

    /**
     * The same, but at most {@code limit} run at once; the input is read as places get free. What is not a
     * {@link java.util.Collection} may block while it is read: that holds nothing up but this gather. A request for
     * {@code text()}, {@code bytes()} or {@code json(…)} that no middleware handles has no task of its own then: it runs in
     * one of {@code limit} tasks of the gather's.
     *
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    Gather<T> limit(int limit);
}

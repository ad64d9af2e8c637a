package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * An item of {@link AsCompleted}: which task it is, and how it ended.
 *
 * @param task the task; still running where the time limit came first
 * @param index its place in what {@code asCompleted} was given
 * @param outcome how it ended; a failure with {@link AsyncTimeoutException} where the time limit came first
 */
public record Completed<T extends @Nullable Object>(Task<T> task, int index, Outcome<T> outcome) {
    /** The value, or the exception thrown as {@link Task#result()} throws it. */
    public T result() {
        return outcome.get();
    }
}

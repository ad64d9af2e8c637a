package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * Something that is acquired and given back asynchronously: an asynchronous context manager.
 *
 * @param <R> what the body gets
 * @see Async#use(AsyncResource, AsyncFunction)
 */
public interface AsyncResource<R extends @Nullable Object> {
    /** Acquires it. If this fails, {@link #exit} is not called. */
    Coroutine<R> enter();

    /**
     * Gives it back; called once for each successful {@link #enter()}, however the body ended.
     *
     * @param resource what {@code enter} gave
     * @param error what the body ended with, a {@link CancelledException} if it was cancelled, null if it succeeded
     */
    Coroutine<@Nullable Void> exit(R resource, @Nullable Throwable error);
}

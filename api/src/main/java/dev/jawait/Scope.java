package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * Any number of resources, given back in reverse order when the body of {@link Async#scope(AsyncFunction)} ends:
 * asyncio's {@code AsyncExitStack}. If giving one back fails, the others are given back all the same.
 */
public interface Scope {
    /** Enters {@code resource} and registers its exit. */
    <R extends @Nullable Object> Coroutine<R> enter(AsyncResource<R> resource);

    /** Registers {@code resource} to be closed, and returns it. */
    <C extends AutoCloseable> C closing(C resource);

    /** Registers something to run at the end; it may block and await. */
    void defer(AsyncRunnable action);
}

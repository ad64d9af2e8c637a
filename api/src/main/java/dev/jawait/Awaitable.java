package dev.jawait;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What can be awaited: a {@link Coroutine}, which is a recipe that each await runs anew, or a {@link Task}, which runs
 * once and at the same time as whoever waits for it.
 *
 * @param <T> what it results in
 */
public sealed interface Awaitable<T extends @Nullable Object> permits Coroutine, Task {
    /** The name shown in logs, dumps and errors. */
    String name();

    /**
     * Runs it as a task, without blocking: a coroutine as a new task, a task as it is (asyncio's {@code ensure_future}).
     * May be called from any thread, inside a run or outside of one.
     */
    Task<T> start();

    /**
     * Starts it and hands out its end as a future, without blocking. Cancelling the future cancels the work, and a
     * cancelled task cancels the future. The future's dependents never run on an event loop, so they may block.
     *
     * <p>The future completes with the task's own exception, checked or not, unwrapped.
     */
    CompletableFuture<T> toFuture();
}

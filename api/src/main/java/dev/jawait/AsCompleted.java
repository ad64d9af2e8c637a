package dev.jawait;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs several awaitables at the same time and hands each one out as it ends: asyncio's {@code as_completed}. Every
 * item tells which task it is. The same object given twice runs once and is one item. The work starts with the first
 * item that is asked for; leaving the loop early leaves the rest running, and iterating again goes on where it was left.
 */
public interface AsCompleted<T extends @Nullable Object> extends AsyncIterable<Completed<T>> {
    /**
     * A new one with a time limit for the whole, counted from its start. What has ended by then is still handed out;
     * each of the rest is handed out as a failure with {@link AsyncTimeoutException}. Nothing is cancelled.
     */
    AsCompleted<T> timeout(Duration limit);

    /** The tasks that have not ended, in the order given; empty before the start. */
    List<Task<T>> pending();

    /** Cancels the tasks that have not ended, at once; the coroutine waits until they have. */
    Coroutine<@Nullable Void> cancelPending();
}

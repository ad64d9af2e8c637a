package dev.jawait;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs on its own, beside whoever created it: asyncio's {@code Task}. A task lives until it ends, whether or
 * not anyone keeps a reference to it. All methods may be called from any thread, and none but {@link #join()} blocks.
 *
 * @param <T> what it results in
 */
public non-sealed interface Task<T extends @Nullable Object> extends Awaitable<T> {
    /** Whether it has ended: with a result, an exception, or cancelled. */
    boolean isDone();

    /** Whether it ended cancelled. False right after {@link #cancel()}: the body has yet to end. */
    boolean isCancelled();

    /**
     * The result.
     *
     * @throws InvalidStateException if it has not ended
     * @throws CancelledException if it was cancelled
     * @throws RuntimeException or an Error: the body's own exception, the same object; a checked one comes wrapped in a
     *     {@link java.util.concurrent.CompletionException}
     */
    T result();

    /**
     * The exception the body ended with, the original object, or null if it ended with a result.
     *
     * @throws InvalidStateException if it has not ended
     * @throws CancelledException if it was cancelled
     */
    @Nullable
    Throwable exception();

    /**
     * How it ended, without throwing.
     *
     * @throws InvalidStateException if it has not ended
     */
    Outcome<T> outcome();

    /** {@link #cancel(String)} without a message. */
    boolean cancel();

    /**
     * Asks it to end: what it awaits is cancelled, or else its next await throws {@link CancelledException}. A body may
     * catch that, clean up, even go on (then call {@link #uncancel()}). Before its first step the body never runs.
     * A Java body that blocks outside of an await is interrupted.
     *
     * @param message reaches whoever awaits the task, in the exception's message
     * @return false if it had ended already, else true, each time; an error it had ended with counts as asked for
     */
    boolean cancel(@Nullable String message);

    /** How many calls of {@link #cancel()} are not yet taken back by {@link #uncancel()}. */
    int cancelling();

    /**
     * Takes one cancel request back; at zero, one that was not delivered yet is dropped.
     *
     * @return how many are left
     */
    int uncancel();

    /**
     * Calls {@code callback} with this task once it has ended; at once, but never on the caller's stack, if it has.
     * Callbacks of a task run one after the other in the order they were given, never on an event loop; an exception
     * in one is logged and does not stop the others.
     */
    void onDone(Consumer<? super Task<T>> callback);

    /**
     * Blocks the calling thread until it ends, and returns {@link #result()}. For threads outside of tasks: inside, use
     * {@link Async#await(Awaitable)}, which can be cancelled.
     *
     * @throws IllegalStateException on a thread of an event loop, which must not block, and in a body of a confined
     *     runner, whose turn would never end
     * @throws CancelledException if it was cancelled, or the calling thread was interrupted (its flag stays set)
     */
    T join();
}

package dev.jawait.sync;

import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Items that some tasks put and others get, first in, first out: asyncio's {@code Queue}.
 *
 * <p>An item for a task that waits in {@link #get()} is promised to it: nobody else can take it, and it is no longer
 * counted by {@link #size()}. Its place is free once that task has taken it. In asyncio others may come first.
 *
 * @param <T> the items
 */
public interface AsyncQueue<T extends @Nullable Object> {
    /** A queue without a limit. */
    static <T extends @Nullable Object> AsyncQueue<T> create() {
        return create(0);
    }

    /** A queue of at most {@code maxSize} items; zero or less stands for no limit. */
    static <T extends @Nullable Object> AsyncQueue<T> create(int maxSize) {
        return SyncRuntime.get().queue(maxSize);
    }

    /**
     * Waits for a place, and puts {@code item} there. Cancelled while it waits, the item is not put; if it was put already as
     * the cancel came, it stays there.
     *
     * @throws QueueShutDownException when awaited, if the queue is shut down, or is meanwhile
     */
    Coroutine<@Nullable Void> put(T item);

    /**
     * Waits for an item, and takes it. Cancelled, the item stays for others.
     *
     * @throws QueueShutDownException when awaited, if the queue is shut down and empty, or is meanwhile
     */
    Coroutine<T> get();

    /**
     * Puts {@code item} without waiting.
     *
     * @throws QueueFullException if there is no place
     * @throws QueueShutDownException if the queue is shut down
     */
    void putNowait(T item);

    /**
     * Takes an item without waiting.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none, and the queue is shut down
     */
    T getNowait();

    /**
     * Tells that an item that was got has been worked on; see {@link #join()}.
     *
     * @throws IllegalStateException if called more often than items were put
     */
    void taskDone();

    /** Waits until {@link #taskDone()} was called for each item that was put. */
    Coroutine<@Nullable Void> join();

    /** How many items can be had without waiting. */
    int size();

    /** Whether {@link #getNowait()} would find nothing. */
    boolean isEmpty();

    /** Whether {@link #putNowait} would find no place. */
    boolean isFull();

    /** The limit; zero or less if there is none. */
    int maxSize();

    /** {@link #shutdown(boolean)} that leaves the items to be got. */
    default void shutdown() {
        shutdown(false);
    }

    /**
     * Ends the queue: who puts, or waits to, fails with {@link QueueShutDownException}, and so does who gets once there
     * are no more items.
     *
     * @param immediate whether the items are dropped, each as if {@link #taskDone()} had been called for it
     */
    void shutdown(boolean immediate);
}

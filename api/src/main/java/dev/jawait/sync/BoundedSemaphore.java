package dev.jawait.sync;

import dev.jawait.spi.SyncRuntime;

/** A semaphore that never has more permits than at first: asyncio's {@code BoundedSemaphore}. */
public interface BoundedSemaphore extends Semaphore {
    /**
     * A semaphore with {@code permits} at most.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    static BoundedSemaphore create(int permits) {
        return SyncRuntime.get().boundedSemaphore(permits);
    }

    /**
     * Gives a permit to the first who waits, or keeps it for later.
     *
     * @throws IllegalStateException if more would be given back than were acquired
     */
    @Override
    void release();
}

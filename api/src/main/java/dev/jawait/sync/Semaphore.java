package dev.jawait.sync;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits: asyncio's {@code Semaphore}. Best used with {@link dev.jawait.Async#use}, which gives the permit
 * back however the body ended: {@code use(semaphore, permit -> ...)}.
 */
public interface Semaphore extends AsyncResource<@Nullable Void> {
    /**
     * A semaphore with {@code permits}, to which releases may add more.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    static Semaphore create(int permits) {
        return SyncRuntime.get().semaphore(permits);
    }

    /** Waits for a permit, and takes it. Cancelled, it has none. */
    Coroutine<@Nullable Void> acquire();

    /** Takes a permit if there is one, and tells whether there was. */
    boolean tryAcquire();

    /**
     * Gives a permit to the first who waits, or keeps it for later.
     *
     * @throws IllegalStateException if there are 2<sup>31</sup>-1 already
     */
    void release();

    /** Whether there is no permit: {@link #acquire()} would wait. */
    boolean isLocked();

    /** {@link #acquire()}. */
    @Override
    default Coroutine<@Nullable Void> enter() {
        return acquire();
    }
}

package dev.jawait.sync;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Mutual exclusion between tasks: asyncio's {@code Lock}. It belongs to nobody: a task that acquires it twice waits for
 * itself, and any task or thread may release it.
 *
 * <p>Best used with {@link dev.jawait.Async#use}, which releases it however the body ended:
 * {@code use(lock, held -> ...)}. A release hands it to the first who waits, so that it stays locked; asyncio's is
 * unlocked until that one runs.
 */
public interface Lock extends AsyncResource<@Nullable Void> {
    /** A lock that nobody holds. */
    static Lock create() {
        return SyncRuntime.get().lock();
    }

    /** Waits until it is free, and takes it. Cancelled, it is not held. */
    Coroutine<@Nullable Void> acquire();

    /** Takes it if it is free, and tells whether it was. */
    boolean tryAcquire();

    /**
     * Gives it to the first who waits, or frees it.
     *
     * @throws IllegalStateException if it is not locked
     */
    void release();

    /** Whether somebody holds it. */
    boolean isLocked();

    /** {@link #acquire()}. */
    @Override
    default Coroutine<@Nullable Void> enter() {
        return acquire();
    }
}

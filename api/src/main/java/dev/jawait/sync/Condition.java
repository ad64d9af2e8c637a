package dev.jawait.sync;

import dev.jawait.Coroutine;
import dev.jawait.spi.SyncRuntime;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits, under a lock, for a change that another task signals: asyncio's {@code Condition}. As a {@link Lock} it is the
 * lock it works with.
 *
 * <pre>{@code
 * use(condition, held -> {                            use(condition, held -> {
 *     await(condition.waitFor(() -> !stock.isEmpty()));   stock.add(item);
 *     return stock.remove();                              condition.signal();
 * });                                                     return null;
 *                                                     });
 * }</pre>
 */
public interface Condition extends Lock {
    /** A condition with a lock of its own. */
    static Condition create() {
        return create(Lock.create());
    }

    /** A condition that works with {@code lock}, which others may share. */
    static Condition create(Lock lock) {
        return SyncRuntime.get().condition(lock);
    }

    /**
     * Releases the lock, waits for a signal, and acquires the lock again. Cancelled, too, it acquires the lock before
     * the {@link dev.jawait.CancelledException} is thrown, and passes a signal that it had on to the next. Asyncio's
     * {@code wait}, a name that Java's objects have taken.
     *
     * @throws IllegalStateException when awaited, if the lock is not held
     */
    Coroutine<@Nullable Void> waitFor();

    /**
     * Waits, as {@link #waitFor()}, until {@code predicate} holds; does not wait if it does. Asyncio's {@code wait_for}.
     *
     * @param predicate asked with the lock held, first at once and then after each signal; must not block
     */
    Coroutine<@Nullable Void> waitFor(BooleanSupplier predicate);

    /** {@link #signal(int)} for one. Asyncio's {@code notify}, a name that Java's objects have taken. */
    default void signal() {
        signal(1);
    }

    /**
     * Lets the first {@code count} who wait go on, once they get the lock; fewer, if there are no more.
     *
     * @throws IllegalStateException if the lock is not held
     */
    void signal(int count);

    /**
     * Lets all who wait go on, once they get the lock.
     *
     * @throws IllegalStateException if the lock is not held
     */
    default void signalAll() {
        signal(Integer.MAX_VALUE);
    }
}

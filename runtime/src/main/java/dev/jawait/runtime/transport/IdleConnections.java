package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.Timer;
import dev.jawait.runtime.loop.Timers;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The pool's idle connections, by age. Guarded by the pool's lock. */
final class IdleConnections<C extends PooledConnection> {
    /** After so long without use, a connection is not likely to be used again at once. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Timers timers;
    private final Runnable patienceIsOver;
    private final LinkedHashSet<C> byAge = new LinkedHashSet<>();
    private @Nullable Timer watch;

    /** @param patienceIsOver runs on a loop, for {@link #watch()} */
    IdleConnections(Timers timers, Runnable patienceIsOver) {
        this.timers = timers;
        this.patienceIsOver = patienceIsOver;
    }

    int size() {
        return byAge.size();
    }

    void add(C connection) {
        byAge.add(connection);
    }

    boolean contains(C connection) {
        return byAge.contains(connection);
    }

    boolean remove(C connection) {
        return byAge.remove(connection);
    }

    /** That which has idled longest; null if none idles. */
    @Nullable
    C oldest() {
        return byAge.isEmpty() ? null : byAge.iterator().next();
    }

    /** Whether {@code connection} has idled so long that nobody need wait for its place. */
    boolean hasIdledEnough(C connection) {
        return timers.nanoTime() - ripens(connection) >= 0;
    }

    private static long ripens(PooledConnection connection) {
        return connection.idleSince() + PATIENCE_NANOS;
    }

    /** Somebody waits for the place of the oldest: tells, once, when that has idled enough. */
    void watch() {
        C oldest = oldest();
        if (watch == null && oldest != null) {
            watch = timers.at(ripens(oldest), patienceIsOver);
        }
    }

    void watched() {
        watch = null;
    }

    void clear() {
        byAge.clear();
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.Timer;
import dev.jawait.runtime.loop.Timers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pool's idle connections. Each loop has a shelf for its own, so that loops which take from it and put back need not wait for
 * each other. Safe from any thread, but for the watch, which is guarded by the pool's lock.
 */
final class IdleConnections<C extends PooledConnection<C>> {
    /** After so long without use, a connection is not likely to be used again at once. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<IdleShelf<C>> shelves;
    private final Timers timers;
    private final Runnable patienceIsOver;
    private @Nullable Timer watch;

    /** @param patienceIsOver runs on a loop, for {@link #watch()} */
    IdleConnections(int loops, Timers timers, Runnable patienceIsOver) {
        this.shelves = Stream.generate(IdleShelf<C>::new).limit(loops).toList();
        this.timers = timers;
        this.patienceIsOver = patienceIsOver;
    }

    private IdleShelf<C> shelfOf(C connection) {
        return shelves.get(connection.loopIndex());
    }

    int size() {
        return shelves.stream().mapToInt(IdleShelf::size).sum();
    }

    /** How many of {@code pool}. */
    int size(RoutePool<C> pool) {
        int size = 0;
        for (int loop = 0; loop < shelves.size(); loop++) {
            IdleStack<C> stack = pool.stack(loop);
            size += stack == null ? 0 : shelves.get(loop).size(stack);
        }
        return size;
    }

    void add(C connection) {
        shelfOf(connection).add(connection.membership());
    }

    /** Takes out {@code connection}; false if it does not idle, or no longer. */
    boolean remove(C connection) {
        return shelfOf(connection).remove(connection.membership());
    }

    /** Takes out the one of {@code pool} that was used last of those on loop {@code preferred}, else of another one's. */
    @Nullable
    C take(RoutePool<C> pool, int preferred) {
        C connection = takeOf(pool, preferred);
        for (int loop = 0; connection == null && loop < shelves.size(); loop++) {
            connection = takeOf(pool, loop);
        }
        return connection;
    }

    private @Nullable C takeOf(RoutePool<C> pool, int loop) {
        IdleStack<C> stack = pool.stack(loop);
        Membership<C> member = stack == null ? null : shelves.get(loop).take(stack);
        return member == null ? null : member.connection;
    }

    /** That which has idled longest; null if none idles. */
    @Nullable
    C oldest() {
        C oldest = null;
        for (IdleShelf<C> shelf : shelves) {
            Membership<C> member = shelf.oldest();
            if (member != null && (oldest == null || member.connection.idleSince() - oldest.idleSince() < 0)) {
                oldest = member.connection;
            }
        }
        return oldest;
    }

    /** Whether {@code connection} has idled so long that nobody need wait for its place. */
    boolean hasIdledEnough(C connection) {
        return timers.nanoTime() - ripens(connection) >= 0;
    }

    private static long ripens(PooledConnection<?> connection) {
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
        C connection;
        while ((connection = oldest()) != null) {
            remove(connection);
        }
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }
}

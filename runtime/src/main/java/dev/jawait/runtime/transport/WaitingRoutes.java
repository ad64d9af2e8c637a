package dev.jawait.runtime.transport;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The routes that somebody waits for, and that may have more connections, by rank. Guarded by the pool's lock. */
final class WaitingRoutes<C> {
    private final TreeSet<RoutePool<C>> byRank = new TreeSet<>(RoutePool.BY_RANK);

    boolean isEmpty() {
        return byRank.isEmpty();
    }

    RoutePool<C> first() {
        return byRank.first();
    }

    void add(RoutePool<C> pool) {
        pool.rank();
        pool.ranked = byRank.add(pool);
    }

    /** Takes {@code pool} out, if it is there. */
    void remove(RoutePool<C> pool) {
        if (pool.ranked) {
            byRank.remove(pool);
            pool.ranked = false;
        }
    }

    void clear() {
        byRank.clear();
    }

    /** Who gets what {@code own}, which is not among these, gives up, if anybody waits; {@code left} connections stay with it. */
    @Nullable
    RoutePool<C> winner(RoutePool<C> own, int left) {
        if (byRank.isEmpty()) {
            return own.hasWaiters() ? own : null;
        }
        RoutePool<C> first = byRank.first();
        if (!own.hasWaiters() || first.open < left) {
            return first;
        }
        boolean firstIsEarlier = first.head().arrival < own.head().arrival;
        return first.open == 0 && firstIsEarlier ? first : own;
    }
}

package dev.jawait.runtime.transport;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The routes that somebody waits for, and that may have more connections, by rank. Mostly it is one, whose rank nobody asks for:
 * it changes with each place that is passed on. Guarded by the pool's lock.
 */
final class WaitingRoutes<C> {
    /** Where it is the only one; null if there are none, or several. */
    private @Nullable RoutePool<C> only;

    private final TreeSet<RoutePool<C>> byRank = new TreeSet<>(RoutePool.BY_RANK);

    boolean isEmpty() {
        return only == null && byRank.isEmpty();
    }

    RoutePool<C> first() {
        return only != null ? only : byRank.first();
    }

    /** Puts in {@code pool}, which is not there. */
    void add(RoutePool<C> pool) {
        pool.listed = true;
        if (isEmpty()) {
            only = pool;
            return;
        }
        if (only != null) {
            rank(only);
            only = null;
        }
        rank(pool);
    }

    private void rank(RoutePool<C> pool) {
        pool.rank();
        byRank.add(pool);
    }

    /** Takes {@code pool} out, if it is there. */
    void remove(RoutePool<C> pool) {
        if (pool.listed) {
            pool.listed = false;
            if (only == pool) {
                only = null;
            } else {
                byRank.remove(pool);
            }
        }
    }

    void clear() {
        only = null;
        byRank.clear();
    }

    /** Who gets what {@code own}, which is not among these, gives up, if anybody waits; {@code left} connections stay with it. */
    @Nullable
    RoutePool<C> winner(RoutePool<C> own, int left) {
        if (isEmpty()) {
            return own.hasWaiters() ? own : null;
        }
        RoutePool<C> first = first();
        if (!own.hasWaiters() || first.open < left) {
            return first;
        }
        boolean firstIsEarlier = first.head().arrival < own.head().arrival;
        return first.open == 0 && firstIsEarlier ? first : own;
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.http.PoolStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the pool knows of one route: its counts, its idle connections, who waits for one. Guarded by the pool's lock. */
final class RoutePool<C extends PooledConnection> {
    /** By the rank they were given last: fewest in use first, then who waits longest. */
    static final Comparator<RoutePool<?>> BY_RANK =
            Comparator.<RoutePool<?>>comparingInt(pool -> pool.rankInUse).thenComparingLong(pool -> pool.rankArrival);

    final Route route;
    int inUse;
    long opened;
    long reused;

    /** Whether it is among the waiting eligible routes, under its present rank. */
    boolean ranked;

    private int rankInUse;
    private long rankArrival;
    private int idle;
    private final List<ArrayDeque<C>> idleByLoop = new ArrayList<>(1);
    private final Waiters<C> waiters = new Waiters<>();

    RoutePool(Route route) {
        this.route = route;
    }

    int open() {
        return inUse + idle;
    }

    PoolStats stats() {
        return new PoolStats(open(), idle, inUse, waiters.size(), opened, reused);
    }

    boolean isEmpty() {
        return inUse == 0 && idle == 0 && !hasWaiters();
    }

    boolean hasWaiters() {
        return waiters.size() > 0;
    }

    void addWaiter(Claim<C> claim) {
        waiters.add(claim);
    }

    void removeWaiter(Claim<C> claim) {
        waiters.remove(claim);
    }

    List<Claim<C>> waiters() {
        return waiters.all();
    }

    Claim<C> head() {
        return Objects.requireNonNull(waiters.first());
    }

    /** Fixes the place among the waiting routes. Only while it is not {@link #ranked}. */
    void rank() {
        rankInUse = inUse;
        rankArrival = head().arrival;
    }

    void pushIdle(C connection) {
        while (idleByLoop.size() <= connection.loopIndex()) {
            idleByLoop.add(new ArrayDeque<>(2));
        }
        idleByLoop.get(connection.loopIndex()).addLast(connection);
        idle++;
    }

    /** The one used last of those on the loop asked for, or else of any loop's. */
    @Nullable
    C popIdle(int loopIndex) {
        if (idle == 0) {
            return null;
        }
        idle--;
        C preferred = loopIndex < idleByLoop.size() ? idleByLoop.get(loopIndex).pollLast() : null;
        return preferred != null ? preferred : popAnyIdle();
    }

    private C popAnyIdle() {
        for (ArrayDeque<C> connections : idleByLoop) {
            C connection = connections.pollLast();
            if (connection != null) {
                return connection;
            }
        }
        throw new IllegalStateException("The count of idle connections is wrong");
    }

    void removeIdle(C connection) {
        if (idleByLoop.get(connection.loopIndex()).remove(connection)) {
            idle--;
        }
    }
}

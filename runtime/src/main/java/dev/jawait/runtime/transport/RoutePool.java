package dev.jawait.runtime.transport;

import dev.jawait.http.PoolStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the pool knows of one route: its counts, where its idle connections are, who waits for one. Guarded by the pool's lock. */
final class RoutePool<C> {
    /** By the rank they were given last: fewest connections first, then who waits longest. */
    static final Comparator<RoutePool<?>> BY_RANK =
            Comparator.<RoutePool<?>>comparingInt(pool -> pool.rankOpen).thenComparingLong(pool -> pool.rankArrival);

    final Route route;

    /** Its connections: those in use, those being opened, and those that idle, of which there are none where somebody waits. */
    int open;

    long opened;

    /** Safe from any thread. */
    final LongAdder reused = new LongAdder();

    /** Whether it is among the {@link WaitingRoutes}. */
    boolean listed;

    private int rankOpen;
    private long rankArrival;
    private final Waiters<C> waiters = new Waiters<>();

    /** By loop, null for one that never had a connection. Replaced by a longer list where needed; read without the lock, too. */
    private volatile List<@Nullable IdleStack<C>> stacks = List.of();

    RoutePool(Route route) {
        this.route = route;
    }

    PoolStats stats(int idle) {
        return new PoolStats(open, idle, open - idle, waiters.size(), opened, reused.sum());
    }

    boolean isEmpty() {
        return open == 0 && !hasWaiters();
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

    /** Fixes the place among the waiting routes. Only while it has none. */
    void rank() {
        rankOpen = open;
        rankArrival = head().arrival;
    }

    /** Where those of loop {@code loop} idle; null if it has had none. */
    @Nullable
    IdleStack<C> stack(int loop) {
        List<@Nullable IdleStack<C>> all = stacks;
        return loop < all.size() ? all.get(loop) : null;
    }

    /** As {@link #stack}, made where there is none. */
    IdleStack<C> madeStack(int loop) {
        IdleStack<C> known = stack(loop);
        if (known != null) {
            return known;
        }
        List<@Nullable IdleStack<C>> more = new ArrayList<>(stacks);
        while (more.size() <= loop) {
            more.add(null);
        }
        IdleStack<C> made = new IdleStack<>();
        more.set(loop, made);
        stacks = more;
        return made;
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.Timers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a connection, and when. There are at most {@code limit} connections, those idle and those being opened
 * included, and at most {@code limitPerHost} by one route. At the limit, the connection that has idled longest is closed
 * to make room for another route; but where that one has as many connections as its own, only after
 * {@link IdleConnections#PATIENCE_NANOS}: it may be wanted again at once.
 *
 * <p>A place that becomes free goes
 * <ul>
 *   <li>within a route strictly to who came first: a newcomer never overtakes a waiter;
 *   <li>across routes to the waiting one with the fewest connections in use, of several to the one that has waited
 *       longest, if that has fewer in use than the one that gives the place up, or if neither has any and it came
 *       earlier; else to the one that gives it up, so that its connection lives on, if it has a waiter. A route at
 *       its own limit holds nobody back.
 * </ul>
 *
 * Each operation takes O(log routes + loops). Nothing is called under the lock that could call back.
 *
 * <p>While nobody waits there is nothing to be fair about: who takes an idle connection, or gives one back, needs the lock of its
 * loop's shelf alone. Who is about to wait says so first, by {@link #quiet}, and then looks for what idles; who gives one back looks
 * at that after it has put the connection there. So one of the two sees the other.
 */
final class ConnectionPool<C extends PooledConnection<C>> {
    /** What became of a claim at once. */
    enum Grant {
        CONNECTION,
        PLACE,
        WAIT,
        CLOSED
    }

    private final int limit;
    private final int limitPerHost;
    private final IdleConnections<C> idle;
    private final LongAdder reused = new LongAdder();

    /** Whether nobody waits, or is about to, and newcomers are let in. Set under the lock. */
    private volatile boolean quiet = true;

    /** Changed under the lock. */
    private final Map<Route, RoutePool<C>> routes = new ConcurrentHashMap<>();

    // Guarded by the lock, to the end.
    private final Object lock = new Object();
    private final WaitingRoutes<C> waitingRoutes = new WaitingRoutes<>();
    private final Set<C> connections = new HashSet<>();
    private final Set<Claim<C>> opening = new HashSet<>();
    private List<C> doomed = List.of();
    private int open;
    private int waiting;
    private long arrivals;
    private long opened;
    private volatile boolean closed;

    /** Who waits for the last to be done; null while newcomers are let in. */
    private volatile @Nullable CompletableFuture<Boolean> drained;

    ConnectionPool(int limit, int limitPerHost, int loops, Timers timers) {
        this.limit = limit;
        this.limitPerHost = limitPerHost;
        this.idle = new IdleConnections<>(loops, timers, this::handOutPlaces);
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives {@code claim} a connection or a place, or queues it. */
    Grant acquire(Claim<C> claim) {
        return quiet && takeIdle(claim) ? Grant.CONNECTION : acquireInTurn(claim);
    }

    private boolean takeIdle(Claim<C> claim) {
        RoutePool<C> pool = routes.get(claim.route());
        C connection = pool == null ? null : idle.take(pool, claim.loopIndex());
        if (connection == null) {
            return false;
        }
        if (!connection.isUsable()) {
            connection.close();
            remove(connection);
            return false;
        }
        // A drain that began after this was let in may have counted the connection as idle.
        if (!quiet && drained != null) {
            releaseInTurn(connection);
            return false;
        }
        assign(pool, claim, connection);
        return true;
    }

    private Grant acquireInTurn(Claim<C> claim) {
        Grant grant;
        List<C> toClose;
        List<Claim<C>> next;
        synchronized (lock) {
            if (closed || drained != null) {
                return Grant.CLOSED;
            }
            quiet = false;
            RoutePool<C> pool = routes.computeIfAbsent(claim.route(), RoutePool::new);
            grant = pool.hasWaiters() ? Grant.WAIT : grant(pool, claim);
            if (grant == Grant.WAIT) {
                enqueue(pool, claim);
            }
            next = passFreePlaces();
            toClose = takeDoomed();
            quiet = waiting == 0;
        }
        toClose.forEach(C::close);
        next.forEach(this::pass);
        return grant;
    }

    /**
     * Gives {@code claim} a place to open a connection ahead of need, if one is free: closes no connection for it, overtakes
     * nobody, and does not wait.
     */
    boolean reserve(Claim<C> claim) {
        synchronized (lock) {
            if (closed || drained != null || limit > 0 && open >= limit) {
                return false;
            }
            RoutePool<C> pool = routes.computeIfAbsent(claim.route(), RoutePool::new);
            if (pool.hasWaiters() || isAtOwnLimit(pool)) {
                return false;
            }
            assignPlace(pool, claim);
            return true;
        }
    }

    private Grant grant(RoutePool<C> pool, Claim<C> claim) {
        C connection = takeUsable(pool, claim.loopIndex());
        if (connection != null) {
            assign(pool, claim, connection);
            return Grant.CONNECTION;
        }
        if (isAtOwnLimit(pool) || !makeRoom(pool)) {
            return Grant.WAIT;
        }
        assignPlace(pool, claim);
        return Grant.PLACE;
    }

    private @Nullable C takeUsable(RoutePool<C> pool, int loopIndex) {
        C connection;
        while ((connection = idle.take(pool, loopIndex)) != null) {
            if (connection.isUsable()) {
                return connection;
            }
            doom(connection);
        }
        return null;
    }

    private boolean isAtOwnLimit(RoutePool<C> pool) {
        return limitPerHost > 0 && pool.open >= limitPerHost;
    }

    private boolean makeRoom(RoutePool<C> pool) {
        return limit == 0 || open < limit || evictFor(pool);
    }

    /** Closes the connection that has idled longest for {@code pool}, if that has fewer than its route, or it idles for too long. */
    private boolean evictFor(RoutePool<C> pool) {
        C oldest;
        while ((oldest = idle.oldest()) != null) {
            RoutePool<C> its = oldest.membership().pool();
            if (pool.open >= its.open && !idle.hasIdledEnough(oldest)) {
                return false;
            }
            // Unless it has just been taken.
            if (idle.remove(oldest)) {
                doom(oldest);
                // Who is about to get the place may have nothing else just now: it is not to be forgotten.
                if (its != pool || pool.hasWaiters()) {
                    settle(its);
                }
                return true;
            }
        }
        return false;
    }

    /** On a loop, when a connection has idled so long that its place goes to who waits. */
    private void handOutPlaces() {
        List<C> toClose;
        List<Claim<C>> next;
        synchronized (lock) {
            idle.watched();
            next = passFreePlaces();
            toClose = takeDoomed();
        }
        toClose.forEach(C::close);
        next.forEach(this::pass);
    }

    /** To who waits goes what is free, or idles for too long. */
    private List<Claim<C>> passFreePlaces() {
        if (waitingRoutes.isEmpty()) {
            return List.of();
        }
        List<Claim<C>> next = new ArrayList<>();
        while (!waitingRoutes.isEmpty() && makeRoom(waitingRoutes.first())) {
            next.add(passPlaceTo(waitingRoutes.first(), waitingRoutes.first()));
        }
        watchIdle();
        return next;
    }

    private void watchIdle() {
        if (!waitingRoutes.isEmpty()) {
            idle.watch();
        }
    }

    private void doom(C connection) {
        connections.remove(connection);
        connection.membership().pool().open--;
        open--;
        if (doomed.isEmpty()) {
            doomed = new ArrayList<>(1);
        }
        doomed.add(connection);
    }

    private List<C> takeDoomed() {
        List<C> toClose = doomed;
        doomed = List.of();
        return toClose;
    }

    private void assign(RoutePool<C> pool, Claim<C> claim, C connection) {
        pool.reused.increment();
        reused.increment();
        claim.assign(connection);
    }

    private void assignPlace(RoutePool<C> pool, Claim<C> claim) {
        pool.open++;
        open++;
        opening.add(claim);
        claim.assign(null);
    }

    private void enqueue(RoutePool<C> pool, Claim<C> claim) {
        claim.arrival = arrivals++;
        claim.waiting = true;
        waiting++;
        pool.addWaiter(claim);
        settle(pool);
    }

    /** Takes {@code claim} out of the queue; false if it is not in it, or no longer. */
    boolean cancel(Claim<C> claim) {
        synchronized (lock) {
            if (!claim.waiting) {
                return false;
            }
            RoutePool<C> pool = pool(claim.route());
            dequeue(pool, claim);
            settle(pool);
        }
        pass(null);
        return true;
    }

    private void dequeue(RoutePool<C> pool, Claim<C> claim) {
        pool.removeWaiter(claim);
        claim.waiting = false;
        waiting--;
        quiet = waiting == 0 && !closed && drained == null;
    }

    /** {@code claim} has opened {@code connection} in its place, and uses it; false if the pool is closed. */
    boolean established(Claim<C> claim, C connection) {
        synchronized (lock) {
            if (!opening.remove(claim)) {
                return false;
            }
            connections.add(connection);
            RoutePool<C> pool = pool(connection.route());
            connection.membership().begin(pool, pool.madeStack(connection.loopIndex()));
            pool.opened++;
            opened++;
            return true;
        }
    }

    /** {@code claim} opens another connection in the place of {@code connection}, which is dead; false if the pool is closed. */
    boolean reopen(Claim<C> claim, C connection) {
        synchronized (lock) {
            return connections.remove(connection) && opening.add(claim);
        }
    }

    /** {@code claim} gives up the place it was to open a connection in. */
    void abandon(Claim<C> claim) {
        Claim<C> next = null;
        synchronized (lock) {
            if (opening.remove(claim)) {
                RoutePool<C> pool = pool(claim.route());
                pool.open--;
                open--;
                next = passPlaceOn(pool);
            }
        }
        pass(next);
    }

    /** {@code connection} has served its request and may serve another. */
    void release(C connection) {
        if (quiet) {
            idle.add(connection);
            if (quiet || !idle.remove(connection)) {
                return;
            }
        }
        releaseInTurn(connection);
    }

    private void releaseInTurn(C connection) {
        Claim<C> next = null;
        List<C> toClose = List.of();
        synchronized (lock) {
            if (connections.contains(connection)) {
                next = passOn(connection);
                toClose = takeDoomed();
            }
        }
        toClose.forEach(C::close);
        pass(next);
    }

    private @Nullable Claim<C> passOn(C connection) {
        RoutePool<C> own = connection.membership().pool();
        waitingRoutes.remove(own);
        int left = own.open - 1;
        RoutePool<C> winner = waitingRoutes.winner(own, left);
        if (winner == null || keepsFrom(winner, own, left)) {
            idle.add(connection);
            watchIdle();
            return null;
        }
        if (winner != own) {
            doom(connection);
            return passPlaceTo(winner, own);
        }
        Claim<C> next = own.head();
        dequeue(own, next);
        assign(own, next, connection);
        settle(own);
        return next;
    }

    /** Whether {@code own}, which has let one go, keeps it for now: {@code other} has more than are {@code left} without it. */
    private boolean keepsFrom(RoutePool<C> other, RoutePool<C> own, int left) {
        return !own.hasWaiters() && other.open > left;
    }

    /** {@code connection}, idle or in use, is dead or not to be used again. */
    void remove(C connection) {
        Claim<C> next;
        synchronized (lock) {
            next = forget(connection);
        }
        pass(next);
    }

    /** Removes {@code connection} if nobody uses it, or is about to. */
    boolean removeIdle(C connection) {
        boolean idled = idle.remove(connection);
        if (idled) {
            remove(connection);
        }
        return idled;
    }

    private @Nullable Claim<C> forget(C connection) {
        if (!connections.remove(connection)) {
            return null;
        }
        idle.remove(connection);
        RoutePool<C> pool = connection.membership().pool();
        pool.open--;
        open--;
        return passPlaceOn(pool);
    }

    private @Nullable Claim<C> passPlaceOn(RoutePool<C> own) {
        waitingRoutes.remove(own);
        RoutePool<C> winner = waitingRoutes.winner(own, own.open);
        if (winner == null) {
            settle(own);
            return null;
        }
        return passPlaceTo(winner, own);
    }

    private Claim<C> passPlaceTo(RoutePool<C> winner, RoutePool<C> own) {
        Claim<C> next = winner.head();
        dequeue(winner, next);
        assignPlace(winner, next);
        settle(winner);
        if (own != winner) {
            settle(own);
        }
        return next;
    }

    /** After a change of its counts or its queue: ranks it anew among the waiting routes, forgets it if nothing is left. */
    private void settle(RoutePool<C> pool) {
        waitingRoutes.remove(pool);
        if (pool.hasWaiters() && !isAtOwnLimit(pool)) {
            waitingRoutes.add(pool);
        } else if (pool.isEmpty()) {
            routes.remove(pool.route);
        }
    }

    private RoutePool<C> pool(Route route) {
        RoutePool<C> pool = routes.get(route);
        if (pool == null) {
            throw new IllegalStateException("Unknown route: " + route);
        }
        return pool;
    }

    /** Outside of the lock, after whatever may have made a place free: tells who got it, or that the last one is done. */
    private void pass(@Nullable Claim<C> next) {
        CompletableFuture<Boolean> waiting = drained;
        if (next != null) {
            next.granted();
        } else if (waiting != null && isUnused()) {
            waiting.complete(true);
        }
    }

    private boolean isUnused() {
        synchronized (lock) {
            return !closed && open == idle.size() && waiting == 0;
        }
    }

    /** Lets in nobody more. Results in true once nobody uses, opens or waits for a connection, in false if closed before. */
    CompletableFuture<Boolean> drain() {
        CompletableFuture<Boolean> waiting;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.completedFuture(true);
            }
            waiting = drained == null ? new CompletableFuture<>() : drained;
            drained = waiting;
            quiet = false;
        }
        pass(null);
        return waiting;
    }

    PoolStats stats() {
        synchronized (lock) {
            int idling = idle.size();
            return new PoolStats(open, idling, open - idling, waiting, opened, reused.sum());
        }
    }

    /** Of all routes to {@code origin}. */
    PoolStats stats(Origin origin) {
        synchronized (lock) {
            return routes.values().stream()
                    .filter(pool -> pool.route.origin().equals(origin))
                    .map(pool -> pool.stats(idle.size(pool)))
                    .reduce(new PoolStats(0, 0, 0, 0, 0, 0), ConnectionPool::sum);
        }
    }

    Map<String, PoolStats> statsByOrigin() {
        synchronized (lock) {
            Map<String, PoolStats> stats = new TreeMap<>();
            routes.values()
                    .forEach(pool -> stats.merge(
                            pool.route.origin().toString(), pool.stats(idle.size(pool)), ConnectionPool::sum));
            return stats;
        }
    }

    private static PoolStats sum(PoolStats a, PoolStats b) {
        return new PoolStats(
                a.open() + b.open(),
                a.idle() + b.idle(),
                a.inUse() + b.inUse(),
                a.waiting() + b.waiting(),
                a.opened() + b.opened(),
                a.reused() + b.reused());
    }

    /** How many connections of {@code route} idle. */
    int idle(Route route) {
        RoutePool<C> pool = routes.get(route);
        return pool == null ? 0 : idle.size(pool);
    }

    /** Closes all connections and fails who waits or connects. */
    void close() {
        List<Claim<C>> claims = new ArrayList<>();
        List<C> toClose;
        CompletableFuture<Boolean> draining;
        synchronized (lock) {
            closed = true;
            quiet = false;
            draining = drained;
            for (RoutePool<C> pool : routes.values()) {
                claims.addAll(pool.waiters());
            }
            claims.forEach(claim -> claim.waiting = false);
            claims.addAll(opening);
            toClose = new ArrayList<>(connections);
            forgetAll();
        }
        if (draining != null) {
            draining.complete(false);
        }
        claims.forEach(Claim::poolClosed);
        toClose.forEach(C::poolClosed);
    }

    private void forgetAll() {
        routes.clear();
        waitingRoutes.clear();
        idle.clear();
        connections.clear();
        opening.clear();
        open = 0;
        waiting = 0;
    }
}

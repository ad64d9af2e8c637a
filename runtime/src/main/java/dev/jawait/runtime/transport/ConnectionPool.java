package dev.jawait.runtime.transport;

import dev.jawait.http.PoolStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a connection, and when. There are at most {@code limit} connections, those idle and those being opened
 * included, and at most {@code limitPerHost} to one origin. At the limit, the connection that has idled longest is closed
 * to make room for another origin.
 *
 * <p>A place that becomes free goes
 * <ul>
 *   <li>within an origin strictly to who came first: a newcomer never overtakes a waiter;
 *   <li>across origins to the waiting origin with the fewest connections in use, of several to the one that has waited
 *       longest, if that has fewer in use than the origin that gives the place up, or if neither has any and it came
 *       earlier; else to the origin that gives it up, so that its connection lives on, if it has a waiter. An origin at
 *       its own limit holds nobody back.
 * </ul>
 *
 * Each operation takes O(log origins). Nothing is called under the lock that could call back.
 */
final class ConnectionPool<C extends PooledConnection> {
    /** What became of a claim at once. */
    enum Grant {
        CONNECTION,
        PLACE,
        WAIT,
        CLOSED
    }

    private final int limit;
    private final int limitPerHost;
    private final Object lock = new Object();

    private final Map<Origin, OriginPool<C>> origins = new HashMap<>();
    private final TreeSet<OriginPool<C>> waitingOrigins = new TreeSet<>(OriginPool.BY_RANK);
    private final LinkedHashSet<C> idleByAge = new LinkedHashSet<>();
    private final Set<C> connections = new HashSet<>();
    private final Set<Claim<C>> opening = new HashSet<>();
    private List<C> doomed = List.of();
    private int open;
    private int waiting;
    private long arrivals;
    private long opened;
    private long reused;
    private volatile boolean closed;

    ConnectionPool(int limit, int limitPerHost) {
        this.limit = limit;
        this.limitPerHost = limitPerHost;
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives {@code claim} a connection or a place, or queues it. */
    Grant acquire(Claim<C> claim) {
        Grant grant;
        List<C> toClose;
        synchronized (lock) {
            if (closed) {
                return Grant.CLOSED;
            }
            OriginPool<C> pool = origins.computeIfAbsent(claim.origin(), OriginPool::new);
            grant = pool.hasWaiters() ? Grant.WAIT : grant(pool, claim);
            if (grant == Grant.WAIT) {
                enqueue(pool, claim);
            }
            toClose = takeDoomed();
        }
        toClose.forEach(C::close);
        return grant;
    }

    private Grant grant(OriginPool<C> pool, Claim<C> claim) {
        C connection = popUsable(pool, claim.loopIndex());
        if (connection != null) {
            assign(pool, claim, connection);
            return Grant.CONNECTION;
        }
        if (isAtOwnLimit(pool) || !makeRoom()) {
            return Grant.WAIT;
        }
        assignPlace(pool, claim);
        return Grant.PLACE;
    }

    private @Nullable C popUsable(OriginPool<C> pool, int loopIndex) {
        C connection;
        while ((connection = pool.popIdle(loopIndex)) != null) {
            idleByAge.remove(connection);
            if (connection.isUsable()) {
                return connection;
            }
            doom(connection);
        }
        return null;
    }

    private boolean isAtOwnLimit(OriginPool<C> pool) {
        return limitPerHost > 0 && pool.open() >= limitPerHost;
    }

    private boolean makeRoom() {
        if (limit == 0 || open < limit) {
            return true;
        }
        if (idleByAge.isEmpty()) {
            return false;
        }
        C oldest = idleByAge.iterator().next();
        idleByAge.remove(oldest);
        OriginPool<C> pool = origin(oldest);
        pool.removeIdle(oldest);
        doom(oldest);
        settle(pool);
        return true;
    }

    private void doom(C connection) {
        connections.remove(connection);
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

    private void assign(OriginPool<C> pool, Claim<C> claim, C connection) {
        pool.inUse++;
        reused++;
        claim.assign(connection);
    }

    private void assignPlace(OriginPool<C> pool, Claim<C> claim) {
        pool.inUse++;
        open++;
        opening.add(claim);
        claim.assign(null);
    }

    private void enqueue(OriginPool<C> pool, Claim<C> claim) {
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
            OriginPool<C> pool = origin(claim.origin());
            dequeue(pool, claim);
            settle(pool);
            return true;
        }
    }

    private void dequeue(OriginPool<C> pool, Claim<C> claim) {
        pool.removeWaiter(claim);
        claim.waiting = false;
        waiting--;
    }

    /** {@code claim} has opened {@code connection} in its place, and uses it; false if the pool is closed. */
    boolean established(Claim<C> claim, C connection) {
        synchronized (lock) {
            if (!opening.remove(claim)) {
                return false;
            }
            connections.add(connection);
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
                OriginPool<C> pool = origin(claim.origin());
                pool.inUse--;
                open--;
                next = passPlaceOn(pool);
            }
        }
        notifyGranted(next);
    }

    /** {@code connection} has served its request and may serve another. */
    void release(C connection) {
        Claim<C> next = null;
        List<C> toClose = List.of();
        synchronized (lock) {
            if (connections.contains(connection)) {
                next = passOn(connection);
                toClose = takeDoomed();
            }
        }
        toClose.forEach(C::close);
        notifyGranted(next);
    }

    private @Nullable Claim<C> passOn(C connection) {
        OriginPool<C> own = origin(connection);
        own.inUse--;
        OriginPool<C> winner = winner(own);
        if (winner == null) {
            own.pushIdle(connection);
            idleByAge.add(connection);
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

    /** {@code connection}, idle or in use, is dead or not to be used again. */
    void remove(C connection) {
        Claim<C> next;
        synchronized (lock) {
            next = forget(connection);
        }
        notifyGranted(next);
    }

    /** Removes {@code connection} if nobody uses it, or is about to. */
    boolean removeIdle(C connection) {
        Claim<C> next;
        synchronized (lock) {
            if (!idleByAge.contains(connection)) {
                return false;
            }
            next = forget(connection);
        }
        notifyGranted(next);
        return true;
    }

    private @Nullable Claim<C> forget(C connection) {
        if (!connections.remove(connection)) {
            return null;
        }
        OriginPool<C> pool = origin(connection);
        if (idleByAge.remove(connection)) {
            pool.removeIdle(connection);
        } else {
            pool.inUse--;
        }
        open--;
        return passPlaceOn(pool);
    }

    private @Nullable Claim<C> passPlaceOn(OriginPool<C> own) {
        OriginPool<C> winner = winner(own);
        if (winner == null) {
            settle(own);
            return null;
        }
        return passPlaceTo(winner, own);
    }

    private Claim<C> passPlaceTo(OriginPool<C> winner, OriginPool<C> own) {
        Claim<C> next = winner.head();
        dequeue(winner, next);
        assignPlace(winner, next);
        settle(winner);
        if (own != winner) {
            settle(own);
        }
        return next;
    }

    /** Who gets what {@code own} gives up, if anybody waits. */
    private @Nullable OriginPool<C> winner(OriginPool<C> own) {
        unrank(own);
        OriginPool<C> first = waitingOrigins.isEmpty() ? null : waitingOrigins.first();
        if (first == null) {
            return own.hasWaiters() ? own : null;
        }
        if (!own.hasWaiters() || first.inUse < own.inUse) {
            return first;
        }
        boolean firstIsEarlier = first.head().arrival < own.head().arrival;
        return first.inUse == 0 && firstIsEarlier ? first : own;
    }

    /** After a change of its counts or its queue: ranks it anew among the waiting origins, forgets it if nothing is left. */
    private void settle(OriginPool<C> pool) {
        unrank(pool);
        if (pool.hasWaiters() && !isAtOwnLimit(pool)) {
            pool.rank();
            pool.ranked = waitingOrigins.add(pool);
        } else if (pool.isEmpty()) {
            origins.remove(pool.origin);
        }
    }

    private void unrank(OriginPool<C> pool) {
        if (pool.ranked) {
            waitingOrigins.remove(pool);
            pool.ranked = false;
        }
    }

    private OriginPool<C> origin(C connection) {
        return origin(connection.origin());
    }

    private OriginPool<C> origin(Origin origin) {
        OriginPool<C> pool = origins.get(origin);
        if (pool == null) {
            throw new IllegalStateException("Unknown origin: " + origin);
        }
        return pool;
    }

    private static void notifyGranted(@Nullable Claim<?> claim) {
        if (claim != null) {
            claim.granted();
        }
    }

    PoolStats stats() {
        synchronized (lock) {
            int idle = idleByAge.size();
            return new PoolStats(open, idle, open - idle, waiting, opened, reused);
        }
    }

    /** Closes all connections and fails who waits or connects. */
    void close() {
        List<Claim<C>> claims = new ArrayList<>();
        List<C> toClose;
        synchronized (lock) {
            closed = true;
            for (OriginPool<C> pool : origins.values()) {
                claims.addAll(pool.waiters());
            }
            claims.forEach(claim -> claim.waiting = false);
            claims.addAll(opening);
            toClose = new ArrayList<>(connections);
            forgetAll();
        }
        claims.forEach(Claim::poolClosed);
        toClose.forEach(C::poolClosed);
    }

    private void forgetAll() {
        origins.clear();
        waitingOrigins.clear();
        idleByAge.clear();
        connections.clear();
        opening.clear();
        open = 0;
        waiting = 0;
    }
}

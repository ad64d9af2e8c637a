package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.VirtualTimers;
import dev.jawait.runtime.transport.ConnectionPool.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private static final Route A = Route.direct(new Origin(false, "a", 80));
    private static final Route B = Route.direct(new Origin(false, "b", 80));
    private static final Route C = Route.direct(new Origin(false, "c", 80));

    private final List<TestClaim> granted = new ArrayList<>();
    private final VirtualTimers timers = new VirtualTimers();
    private ConnectionPool<TestConnection> pool = pool(0, 0);

    private static final class TestConnection implements PooledConnection<TestConnection> {
        final Membership<TestConnection> membership = new Membership<>(this);
        final Route route;
        final int loopIndex;
        boolean usable = true;
        boolean closed;
        long idleSince;

        TestConnection(Route route, int loopIndex) {
            this.route = route;
            this.loopIndex = loopIndex;
        }

        @Override
        public Membership<TestConnection> membership() {
            return membership;
        }

        @Override
        public Route route() {
            return route;
        }

        @Override
        public int loopIndex() {
            return loopIndex;
        }

        @Override
        public boolean isUsable() {
            return usable;
        }

        @Override
        public long idleSince() {
            return idleSince;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void poolClosed() {
            closed = true;
        }
    }

    private final class TestClaim extends Claim<TestConnection> {
        private final int loopIndex;

        @Nullable
        TestConnection connection;

        boolean failed;

        TestClaim(Route route, int loopIndex) {
            super(route);
            this.loopIndex = loopIndex;
        }

        @Override
        int loopIndex() {
            return loopIndex;
        }

        @Override
        void assign(@Nullable TestConnection connection) {
            this.connection = connection;
        }

        @Override
        void granted() {
            granted.add(this);
        }

        @Override
        void poolClosed() {
            failed = true;
        }
    }

    private ConnectionPool<TestConnection> pool(int limit, int limitPerHost) {
        return new ConnectionPool<>(limit, limitPerHost, 2, timers);
    }

    private TestClaim acquire(Route route, Grant expected) {
        TestClaim claim = new TestClaim(route, 0);
        assertEquals(expected, pool.acquire(claim));
        return claim;
    }

    private TestConnection open(TestClaim claim) {
        TestConnection connection = new TestConnection(claim.route(), claim.loopIndex());
        assertTrue(pool.established(claim, connection));
        return connection;
    }

    private TestConnection opened(Route route) {
        return open(acquire(route, Grant.PLACE));
    }

    private TestConnection idle(Route route, int loopIndex) {
        TestConnection connection = new TestConnection(route, loopIndex);
        TestClaim claim = new TestClaim(route, loopIndex);
        pool.acquire(claim);
        pool.established(claim, connection);
        return connection;
    }

    private void assertStats(int open, int idle, int waiting) {
        PoolStats stats = pool.stats();
        assertEquals(List.of(open, idle, waiting), List.of(stats.open(), stats.idle(), stats.waiting()));
    }

    @Test
    void withinAnOriginWhoCameFirstIsServedFirst() {
        pool = pool(1, 0);
        TestConnection connection = opened(A);
        List<TestClaim> waiters = List.of(acquire(A, Grant.WAIT), acquire(A, Grant.WAIT), acquire(A, Grant.WAIT));
        for (int i = 0; i < 3; i++) {
            pool.release(connection);
            assertEquals(waiters.subList(0, i + 1), granted);
            assertSame(connection, waiters.get(i).connection);
        }
        pool.release(connection);
        assertStats(1, 1, 0);
    }

    @Test
    void theLimitCountsIdleConnectionsAndTheOldestMakesRoom() {
        pool = pool(2, 0);
        TestConnection first = opened(A);
        TestConnection second = opened(A);
        pool.release(second);
        pool.release(first);
        acquire(B, Grant.PLACE);
        assertTrue(second.closed);
        assertFalse(first.closed);
        assertStats(2, 1, 0);
    }

    @Test
    void whereAnotherHasAsManyAConnectionThatWasJustUsedStaysForAWhile() {
        pool = pool(3, 0);
        TestConnection a = opened(A);
        opened(B);
        opened(B);
        TestClaim other = acquire(B, Grant.WAIT);
        letIdle(a);
        assertEquals(List.of(), granted);
        assertSame(a, acquire(A, Grant.CONNECTION).connection);
        letIdle(a);
        assertTrue(timers.advance());
        assertEquals(List.of(other), granted);
        assertTrue(a.closed);
        assertStats(3, 0, 0);
        assertEquals(0, timers.size());
    }

    @Test
    void oneThatWasUsedAgainIsGivenTimeAnew() {
        pool = pool(2, 0);
        TestConnection a = opened(A);
        opened(B);
        letIdle(a);
        TestClaim other = acquire(B, Grant.WAIT);
        pass(IdleConnections.PATIENCE_NANOS / 2);
        acquire(A, Grant.CONNECTION);
        letIdle(a);
        assertTrue(timers.advance());
        assertEquals(List.of(), granted);
        assertTrue(timers.advance());
        assertEquals(List.of(other), granted);
        assertEquals(IdleConnections.PATIENCE_NANOS * 3 / 2, timers.nanoTime());
    }

    @Test
    void oneThatHasIdledLongMakesRoomAtOnce() {
        pool = pool(2, 0);
        TestConnection a = opened(A);
        opened(B);
        letIdle(a);
        pass(IdleConnections.PATIENCE_NANOS);
        acquire(B, Grant.PLACE);
        assertTrue(a.closed);
    }

    @Test
    void whatIsFreedByAStaleConnectionGoesToWhoWaits() {
        pool = pool(4, 0);
        List<TestConnection> stale = List.of(opened(A), opened(A));
        opened(B);
        opened(B);
        TestClaim other = acquire(B, Grant.WAIT);
        stale.forEach(this::letIdle);
        assertEquals(List.of(), granted);
        stale.forEach(connection -> connection.usable = false);
        acquire(A, Grant.PLACE);
        assertEquals(List.of(other), granted);
        assertStats(4, 0, 0);
    }

    @Test
    void closingEndsTheWatchOverIdleConnections() {
        pool = pool(2, 0);
        letIdle(opened(A));
        opened(B);
        acquire(B, Grant.WAIT);
        assertEquals(1, timers.size());
        pool.close();
        assertEquals(0, timers.size());
    }

    private void letIdle(TestConnection connection) {
        connection.idleSince = timers.nanoTime();
        pool.release(connection);
    }

    private void pass(long nanos) {
        timers.after(nanos, () -> {});
        timers.advance();
    }

    /** Case 13. */
    @Test
    void theLimitPerHostHoldsNobodyElseBack() {
        pool = pool(2, 1);
        TestConnection a = opened(A);
        TestClaim waiter = acquire(A, Grant.WAIT);
        TestConnection b = opened(B);
        TestClaim c = acquire(C, Grant.WAIT);
        pool.release(b);
        assertEquals(List.of(c), granted);
        assertTrue(b.closed);
        assertNull(waiter.connection);
        pool.release(a);
        assertSame(a, waiter.connection);
    }

    @Test
    void theLastUsedIdleConnectionOfTheOwnLoopIsTakenFirst() {
        TestConnection own = idle(A, 0);
        TestConnection ownLater = idle(A, 0);
        TestConnection other = idle(A, 1);
        pool.release(own);
        pool.release(ownLater);
        pool.release(other);
        assertSame(ownLater, acquire(A, Grant.CONNECTION).connection);
        assertSame(own, acquire(A, Grant.CONNECTION).connection);
        assertSame(other, acquire(A, Grant.CONNECTION).connection);
    }

    @Test
    void anUnusableIdleConnectionIsDropped() {
        TestConnection stale = opened(A);
        pool.release(stale);
        stale.usable = false;
        acquire(A, Grant.PLACE);
        assertTrue(stale.closed);
        assertStats(1, 0, 0);
    }

    @Test
    void anOriginWithoutConnectionsIsNotStarvedByOneWithMany() {
        pool = pool(2, 0);
        TestConnection first = opened(A);
        TestConnection second = opened(A);
        TestClaim own = acquire(A, Grant.WAIT);
        TestClaim other = acquire(B, Grant.WAIT);
        pool.release(first);
        assertEquals(List.of(other), granted);
        assertTrue(first.closed);
        pool.release(second);
        assertEquals(List.of(other, own), granted);
        assertSame(second, own.connection);
    }

    @Test
    void atAnEvenNumberTheConnectionLivesOn() {
        pool = pool(3, 0);
        TestConnection a = opened(A);
        opened(A);
        opened(B);
        TestClaim other = acquire(B, Grant.WAIT);
        TestClaim own = acquire(A, Grant.WAIT);
        pool.release(a);
        assertEquals(List.of(own), granted);
        assertFalse(a.closed);
        assertNull(other.connection);
    }

    @Test
    void ofTwoOriginsWithNothingTheEarlierClaimWins() {
        pool = pool(1, 0);
        TestConnection a = opened(A);
        TestClaim other = acquire(B, Grant.WAIT);
        TestClaim own = acquire(A, Grant.WAIT);
        pool.release(a);
        assertEquals(List.of(other), granted);
        pool.abandon(other);
        assertEquals(List.of(other, own), granted);
    }

    /** Case 13. */
    @Test
    void aCancelledWaiterIsSkipped() {
        pool = pool(1, 0);
        TestConnection a = opened(A);
        TestClaim cancelled = acquire(A, Grant.WAIT);
        TestClaim next = acquire(A, Grant.WAIT);
        assertTrue(pool.cancel(cancelled));
        assertFalse(pool.cancel(cancelled));
        pool.release(a);
        assertEquals(List.of(next), granted);
        assertFalse(pool.cancel(next));
    }

    @Test
    void aFailedConnectHandsItsPlaceOn() {
        pool = pool(1, 0);
        TestClaim failing = acquire(A, Grant.PLACE);
        TestClaim next = acquire(A, Grant.WAIT);
        pool.abandon(failing);
        assertEquals(List.of(next), granted);
        assertNull(next.connection);
        pool.abandon(next);
        pool.abandon(next);
        assertStats(0, 0, 0);
    }

    @Test
    void aDeadConnectionHandsItsPlaceOnOnce() {
        pool = pool(1, 0);
        TestConnection dead = opened(A);
        TestClaim next = acquire(B, Grant.WAIT);
        acquire(B, Grant.WAIT);
        pool.remove(dead);
        pool.remove(dead);
        assertEquals(List.of(next), granted);
        assertStats(1, 0, 1);
    }

    @Test
    void aConnectionThatIsOpenedAgainKeepsItsPlace() {
        pool = pool(1, 0);
        TestConnection dead = opened(A);
        acquire(A, Grant.WAIT);
        TestClaim again = new TestClaim(A, 0);
        assertTrue(pool.reopen(again, dead));
        assertStats(1, 0, 1);
        open(again);
        assertStats(1, 0, 1);
    }

    @Test
    void aReservedPlaceEvictsAndOvertakesNobody() {
        pool = pool(3, 2);
        opened(A);
        opened(A);
        assertFalse(pool.reserve(new TestClaim(A, 0)));
        TestClaim waiting = acquire(A, Grant.WAIT);
        assertFalse(pool.reserve(new TestClaim(A, 0)));
        TestClaim reserved = new TestClaim(B, 0);
        assertTrue(pool.reserve(reserved));
        pool.release(open(reserved));
        assertFalse(pool.reserve(new TestClaim(B, 0)));
        assertStats(3, 1, 1);
        assertTrue(pool.cancel(waiting));
    }

    @Test
    void eachOriginHasItsOwnStatistics() {
        pool = pool(2, 0);
        TestConnection a = opened(A);
        opened(A);
        acquire(B, Grant.WAIT);
        assertEquals(new PoolStats(2, 0, 2, 0, 2, 0), pool.stats(A.origin()));
        assertEquals(new PoolStats(0, 0, 0, 1, 0, 0), pool.stats(B.origin()));
        assertEquals(
                List.of("http://a", "http://b"),
                List.copyOf(pool.statsByOrigin().keySet()));
        pool.release(a);
        assertEquals(new PoolStats(1, 0, 1, 0, 2, 0), pool.stats(A.origin()));
        assertEquals(new PoolStats(0, 0, 0, 0, 0, 0), pool.stats(C.origin()));
    }

    @Test
    void drainingEndsWithTheLastUserAndWaiter() {
        pool = pool(1, 0);
        TestConnection a = opened(A);
        TestClaim waiting = acquire(A, Grant.WAIT);
        TestClaim cancelled = acquire(A, Grant.WAIT);
        CompletableFuture<Boolean> drained = pool.drain();
        acquire(A, Grant.CLOSED);
        assertFalse(pool.reserve(new TestClaim(B, 0)));
        pool.release(a);
        assertEquals(List.of(waiting), granted);
        pool.cancel(cancelled);
        assertFalse(drained.isDone());
        pool.release(a);
        assertTrue(drained.join());
        assertTrue(pool.drain().join());
    }

    @Test
    void aCancelledWaiterAFailedConnectOrADeadConnectionMayBeTheLast() {
        pool = pool(1, 0);
        TestClaim connecting = acquire(A, Grant.PLACE);
        CompletableFuture<Boolean> drained = pool.drain();
        pool.abandon(connecting);
        assertTrue(drained.isDone());
        pool = pool(1, 0);
        TestConnection a = opened(A);
        drained = pool.drain();
        pool.remove(a);
        assertTrue(drained.isDone());
        assertTrue(pool(1, 0).drain().isDone());
    }

    @Test
    void closingEndsADrainBeforeItsEnd() {
        opened(A);
        CompletableFuture<Boolean> drained = pool.drain();
        pool.close();
        assertFalse(drained.join());
    }

    @Test
    void closingFailsAllWhoWaitOrConnect() {
        pool = pool(2, 0);
        TestConnection used = opened(A);
        TestClaim connecting = acquire(A, Grant.PLACE);
        TestClaim waiting = acquire(A, Grant.WAIT);
        pool.close();
        pool.close();
        assertTrue(used.closed && connecting.failed && waiting.failed);
        assertFalse(pool.established(connecting, new TestConnection(A, 0)));
        pool.release(used);
        pool.abandon(connecting);
        assertEquals(Grant.CLOSED, pool.acquire(new TestClaim(A, 0)));
        assertStats(0, 0, 0);
    }

    /** Case 14. */
    @Test
    void whateverHappensNoPlaceIsLostAndNobodyWaitsForAFreeOne() {
        pool = pool(5, 3);
        Random random = new Random(1);
        List<TestClaim> holding = new ArrayList<>();
        List<TestClaim> waiting = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                TestClaim claim = new TestClaim(List.of(A, B, C).get(random.nextInt(3)), random.nextInt(2));
                (pool.acquire(claim) == Grant.WAIT ? waiting : holding).add(claim);
            } else if (!waiting.isEmpty() && random.nextInt(3) == 0) {
                assertTrue(pool.cancel(waiting.remove(random.nextInt(waiting.size()))));
            } else if (!holding.isEmpty()) {
                letGo(holding.remove(random.nextInt(holding.size())), random.nextInt(3));
            }
            waiting.removeAll(granted);
            holding.addAll(granted);
            granted.clear();
            PoolStats stats = pool.stats();
            assertEquals(holding.size(), stats.inUse());
            assertEquals(waiting.size(), stats.waiting());
            assertTrue(stats.open() <= 5);
            for (Route route : List.of(A, B, C)) {
                assertTrue(count(holding, route) <= 3);
                assertTrue(count(waiting, route) == 0 || count(holding, route) == 3 || stats.open() == 5);
            }
            assertTrue(stats.idle() == 0 || noneCouldHaveOne(waiting, holding) || timers.size() == 1);
            if (random.nextInt(10) == 0 && timers.advance()) {
                waiting.removeAll(granted);
                holding.addAll(granted);
                granted.clear();
                assertTrue(pool.stats().idle() == 0 || timers.size() == 1 || noneCouldHaveOne(waiting, holding));
            }
        }
        holding.forEach(claim -> letGo(claim, 1));
    }

    private static boolean noneCouldHaveOne(List<TestClaim> waiting, List<TestClaim> holding) {
        return waiting.stream().allMatch(claim -> count(holding, claim.route()) == 3);
    }

    private static long count(List<TestClaim> claims, Route route) {
        return claims.stream().filter(claim -> claim.route().equals(route)).count();
    }

    private void letGo(TestClaim claim, int how) {
        TestConnection connection = claim.connection;
        if (connection == null && how == 0) {
            pool.abandon(claim);
            return;
        }
        TestConnection used = connection == null ? open(claim) : connection;
        if (how == 1) {
            letIdle(used);
        } else {
            pool.remove(used);
        }
    }
}

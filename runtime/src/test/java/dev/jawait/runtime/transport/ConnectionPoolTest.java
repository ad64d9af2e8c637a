package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.PoolStats;
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
    private ConnectionPool<TestConnection> pool = new ConnectionPool<>(0, 0);

    private static final class TestConnection implements PooledConnection {
        final Route route;
        final int loopIndex;
        boolean usable = true;
        boolean closed;

        TestConnection(Route route, int loopIndex) {
            this.route = route;
            this.loopIndex = loopIndex;
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(2, 0);
        TestConnection first = opened(A);
        TestConnection second = opened(A);
        pool.release(second);
        pool.release(first);
        acquire(B, Grant.PLACE);
        assertTrue(second.closed);
        assertFalse(first.closed);
        assertStats(2, 1, 0);
    }

    /** Case 13. */
    @Test
    void theLimitPerHostHoldsNobodyElseBack() {
        pool = new ConnectionPool<>(2, 1);
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
        pool = new ConnectionPool<>(2, 0);
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
        pool = new ConnectionPool<>(3, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(3, 2);
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
        pool = new ConnectionPool<>(2, 0);
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
        pool = new ConnectionPool<>(1, 0);
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
        pool = new ConnectionPool<>(1, 0);
        TestClaim connecting = acquire(A, Grant.PLACE);
        CompletableFuture<Boolean> drained = pool.drain();
        pool.abandon(connecting);
        assertTrue(drained.isDone());
        pool = new ConnectionPool<>(1, 0);
        TestConnection a = opened(A);
        drained = pool.drain();
        pool.remove(a);
        assertTrue(drained.isDone());
        assertTrue(new ConnectionPool<TestConnection>(1, 0).drain().isDone());
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
        pool = new ConnectionPool<>(2, 0);
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
        pool = new ConnectionPool<>(5, 3);
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
                assertTrue(count(waiting, route) == 0 || count(holding, route) == 3 || stats.inUse() == 5);
            }
        }
        holding.forEach(claim -> letGo(claim, 1));
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
            pool.release(used);
        } else {
            pool.remove(used);
        }
    }
}

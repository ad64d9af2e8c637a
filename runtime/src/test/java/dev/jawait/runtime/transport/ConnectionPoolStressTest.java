package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.VirtualTimers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pool under threads that take, give back, cancel and close at once. */
@Timeout(60)
class ConnectionPoolStressTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;
    private static final int LOOPS = 2;
    private static final List<Route> ROUTES = List.of(
            Route.direct(new Origin(false, "a", 80)),
            Route.direct(new Origin(false, "b", 80)),
            Route.direct(new Origin(false, "c", 80)));

    private static final class StressConnection implements PooledConnection<StressConnection> {
        private final Membership<StressConnection> membership = new Membership<>(this);
        private final Route route;
        private final int loopIndex;
        private final long idleSince;
        final AtomicBoolean used = new AtomicBoolean();

        /** @param ripe whether it has always idled so long that anybody may have its place */
        StressConnection(Claim<StressConnection> claim, boolean ripe) {
            route = claim.route();
            loopIndex = claim.loopIndex();
            idleSince = ripe ? -IdleConnections.PATIENCE_NANOS : 0;
        }

        @Override
        public Membership<StressConnection> membership() {
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
            return true;
        }

        @Override
        public long idleSince() {
            return idleSince;
        }

        @Override
        public void close() {
            assertTrue(used.compareAndSet(false, true), "closed while it is in use");
        }

        @Override
        public void poolClosed() {
            // Closed: nothing else to see here.
        }
    }

    private static final class StressClaim extends Claim<StressConnection> {
        private final int loopIndex;
        final CountDownLatch granted = new CountDownLatch(1);

        volatile @Nullable StressConnection connection;

        StressClaim(Route route, int loopIndex) {
            super(route);
            this.loopIndex = loopIndex;
        }

        @Override
        int loopIndex() {
            return loopIndex;
        }

        @Override
        void assign(@Nullable StressConnection connection) {
            this.connection = connection;
        }

        @Override
        void granted() {
            granted.countDown();
        }

        @Override
        void poolClosed() {
            throw new AssertionError("Nobody closes the pool");
        }
    }

    /** With few places somebody mostly waits, with many nobody ever does, and with as many as threads it changes all the time. */
    @ParameterizedTest(name = "limit {0}, ripe {1}")
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "4, false", "4, true", "64, false"})
    void nobodyWaitsInVainAndNoConnectionIsGivenTwice(int limit, boolean ripe) throws Exception {
        ConnectionPool<StressConnection> pool = pool(limit);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                runs.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        round(pool, limit, ripe, random);
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
        PoolStats end = pool.stats();
        assertEquals(0, end.inUse(), end::toString);
        assertEquals(0, end.waiting(), end::toString);
        assertEquals(end.open(), end.idle());
    }

    /** Two that do something at the same time, again and again. */
    private static void together(Turn first, Turn second) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CompletionService<Void> runs = new ExecutorCompletionService<>(threads);
            for (Turn turn : List.of(first, second)) {
                Random random = new Random(turn == first ? 1 : 2);
                runs.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        meet(steps, random);
                        turn.take(round);
                    }
                    return null;
                });
            }
            runs.take().get();
            runs.take().get();
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Turn {
        void take(int round) throws Exception;
    }

    private static ConnectionPool<StressConnection> pool(int limit) {
        return new ConnectionPool<>(limit, 0, LOOPS, new VirtualTimers());
    }

    private static StressConnection opened(ConnectionPool<StressConnection> pool) {
        StressClaim claim = new StressClaim(ROUTES.get(0), 0);
        assertEquals(ConnectionPool.Grant.PLACE, pool.acquire(claim));
        StressConnection connection = new StressConnection(claim, false);
        assertTrue(pool.established(claim, connection));
        return connection;
    }

    /** Nobody else is there whose giving back could make up for a grant that is missed. */
    @Test
    void whoComesJustAsTheLastOneIsGivenBackGetsIt() throws Exception {
        ConnectionPool<StressConnection> pool = pool(1);
        StressConnection connection = opened(pool);
        Turn giveBack = round -> pool.release(connection);
        Turn take = round -> take(pool, connection);
        together(
                round -> (round % 2 == 0 ? giveBack : take).take(round),
                round -> (round % 2 == 0 ? take : giveBack).take(round));
    }

    @Test
    void aDrainWaitsForWhomItHasLetIn() throws Exception {
        List<ConnectionPool<StressConnection>> pools = Stream.generate(() -> pool(1))
                .limit(ROUNDS)
                .peek(pool -> pool.release(opened(pool)))
                .toList();
        together(round -> assertTrue(pools.get(round).drain().get(5, TimeUnit.SECONDS)), round -> {
            ConnectionPool<StressConnection> pool = pools.get(round);
            StressClaim claim = new StressClaim(ROUTES.get(0), 0);
            if (pool.acquire(claim) == ConnectionPool.Grant.CONNECTION) {
                assertFalse(pool.drain().isDone(), "drained, while somebody has been let in");
                pool.release(Objects.requireNonNull(claim.connection));
            }
        });
    }

    @Test
    void aDrainThatAClosingOvertakesTellsSo() throws Exception {
        List<ConnectionPool<StressConnection>> pools =
                Stream.generate(() -> pool(2)).limit(ROUNDS).toList();
        List<StressConnection> connections =
                pools.stream().map(ConnectionPoolStressTest::opened).toList();
        pools.forEach(ConnectionPoolStressTest::opened);
        List<CompletableFuture<Boolean>> drains =
                pools.stream().map(ConnectionPool::drain).toList();
        together(round -> pools.get(round).close(), round -> pools.get(round).release(connections.get(round)));
        for (CompletableFuture<Boolean> drain : drains) {
            assertFalse(drain.get(5, TimeUnit.SECONDS), "one was in use all the time");
        }
    }

    /** Both go on at once, or nearly. */
    private static void meet(AtomicInteger steps, Random random) throws InterruptedException {
        int both = (steps.getAndIncrement() / 2 + 1) * 2;
        while (steps.get() < both) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The other one has failed");
            }
            Thread.onSpinWait();
        }
        for (int i = random.nextInt(100); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static void take(ConnectionPool<StressConnection> pool, StressConnection connection) throws Exception {
        StressClaim claim = new StressClaim(ROUTES.get(0), 0);
        if (pool.acquire(claim) == ConnectionPool.Grant.WAIT) {
            assertTrue(claim.granted.await(5, TimeUnit.SECONDS), () -> "not granted: " + pool.stats());
        }
        assertSame(connection, claim.connection);
    }

    private static void round(ConnectionPool<StressConnection> pool, int limit, boolean ripe, Random random)
            throws Exception {
        StressClaim claim = new StressClaim(ROUTES.get(random.nextInt(ROUTES.size())), random.nextInt(LOOPS));
        switch (pool.acquire(claim)) {
            case WAIT -> {
                if (random.nextInt(8) == 0 && pool.cancel(claim)) {
                    return;
                }
                assertTrue(claim.granted.await(20, TimeUnit.SECONDS), () -> "not granted: " + pool.stats());
            }
            case CLOSED -> throw new AssertionError("Nobody closes the pool");
            default -> {
                // It has a connection, or a place for one.
            }
        }
        StressConnection connection = claim.connection;
        if (connection == null) {
            if (random.nextInt(16) == 0) {
                pool.abandon(claim);
                return;
            }
            connection = new StressConnection(claim, ripe);
            assertTrue(pool.established(claim, connection));
        }
        use(connection, random);
        assertTrue(pool.stats().open() <= limit, () -> "over the limit: " + pool.stats());
        if (random.nextInt(32) == 0) {
            pool.remove(connection);
        } else {
            pool.release(connection);
        }
    }

    private static void use(StressConnection connection, Random random) {
        assertTrue(connection.used.compareAndSet(false, true), "given to two, or after it was closed");
        if (random.nextInt(4) == 0) {
            Thread.yield();
        }
        connection.used.set(false);
    }
}

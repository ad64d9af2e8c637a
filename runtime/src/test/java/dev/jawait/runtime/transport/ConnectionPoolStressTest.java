package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.PoolStats;
import dev.jawait.runtime.loop.VirtualTimers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        final AtomicBoolean used = new AtomicBoolean();

        StressConnection(Claim<StressConnection> claim) {
            route = claim.route();
            loopIndex = claim.loopIndex();
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
            return 0;
        }

        @Override
        public void close() {
            assertTrue(used.compareAndSet(false, true), "closed while it is in use");
        }

        @Override
        public void poolClosed() {
            throw new AssertionError("Nobody closes the pool");
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
    @ParameterizedTest(name = "limit {0}")
    @ValueSource(ints = {2, 4, 64})
    void nobodyWaitsInVainAndNoConnectionIsGivenTwice(int limit) throws Exception {
        ConnectionPool<StressConnection> pool = new ConnectionPool<>(limit, 0, LOOPS, new VirtualTimers());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                runs.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        round(pool, limit, random);
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

    /** Nobody else is there whose giving back could make up for a grant that is missed. */
    @Test
    void whoComesJustAsTheLastOneIsGivenBackGetsIt() throws Exception {
        ConnectionPool<StressConnection> pool = new ConnectionPool<>(1, 0, LOOPS, new VirtualTimers());
        StressClaim first = new StressClaim(ROUTES.get(0), 0);
        assertEquals(ConnectionPool.Grant.PLACE, pool.acquire(first));
        StressConnection connection = new StressConnection(first);
        assertTrue(pool.established(first, connection));
        AtomicInteger steps = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CompletionService<Void> runs = new ExecutorCompletionService<>(threads);
            for (int thread = 0; thread < 2; thread++) {
                boolean begins = thread == 0;
                Random random = new Random(thread);
                runs.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        meet(steps, random);
                        if (begins == (round % 2 == 0)) {
                            pool.release(connection);
                        } else {
                            take(pool, connection);
                        }
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

    private static void round(ConnectionPool<StressConnection> pool, int limit, Random random) throws Exception {
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
            connection = new StressConnection(claim);
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

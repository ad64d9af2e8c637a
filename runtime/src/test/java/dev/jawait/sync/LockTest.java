package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.scope;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.use;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class LockTest {
    private final Lock lock = Lock.create();
    private final List<String> events = new ArrayList<>();

    /** Acquires the lock and says so. */
    private Coroutine<Void> acquiring(String name) {
        return async(name, () -> {
            await(lock.acquire());
            events.add(name);
        });
    }

    /** Has the lock held, and those of {@code names} wait for it in this order. */
    private List<Task<Void>> waiting(String... names) {
        await(lock.acquire());
        List<Task<Void>> tasks = new ArrayList<>();
        for (String name : names) {
            tasks.add(createTask(acquiring(name)));
        }
        await(sleep(ms(1)));
        return tasks;
    }

    @Test
    void isHeldByOneAtATime() {
        virtually(() -> {
            assertFalse(lock.isLocked());
            await(lock.acquire());
            assertTrue(lock.isLocked());
            assertFalse(lock.tryAcquire());
            lock.release();
            assertFalse(lock.isLocked());
            assertTrue(lock.tryAcquire());
            lock.release();
        });
    }

    @Test
    void isHandedOnInTheOrderOfAsking() {
        virtually(() -> {
            waiting("a", "b", "c");
            for (int released = 0; released < 3; released++) {
                assertEquals(released, events.size());
                lock.release();
                await(sleep(ms(1)));
            }
            assertEquals(List.of("a", "b", "c"), events);
        });
    }

    @Test
    void whoReleasesCannotOvertakeWhoWaits() {
        virtually(() -> {
            waiting("a");
            lock.release();
            assertTrue(lock.isLocked(), "It has gone from hand to hand");
            assertFalse(lock.tryAcquire());
            Task<Void> again = createTask(acquiring("again"));
            await(sleep(ms(1)));
            assertEquals(List.of("a"), events);
            lock.release();
            await(again);
        });
    }

    @Test
    @DisplayName("114: a waiter that is cancelled before the release is passed over")
    void cancelBeforeRelease() {
        virtually(() -> {
            List<Task<Void>> tasks = waiting("a", "b", "c");
            tasks.get(0).cancel();
            lock.release();
            await(sleep(ms(1)));
            assertEquals(List.of("b"), events);
            assertTrue(tasks.get(0).isCancelled());
            assertTrue(lock.isLocked());
            lock.release();
            await(tasks.get(2));
        });
    }

    @Test
    @DisplayName("114: a waiter that is cancelled as it gets the lock hands it on, to exactly one")
    void cancelAfterRelease() {
        virtually(() -> {
            List<Task<Void>> tasks = waiting("a", "b", "c");
            lock.release();
            tasks.get(0).cancel("late");
            assertEquals(
                    "late",
                    assertThrows(CancelledException.class, () -> await(tasks.get(0)))
                            .getMessage());
            await(sleep(ms(1)));
            assertEquals(List.of("b"), events);
            assertTrue(lock.isLocked());
            lock.release();
            await(tasks.get(2));
        });
    }

    @Test
    @DisplayName("114: the only waiter, cancelled as it gets the lock, leaves it free")
    void cancelOfTheOnlyWaiter() {
        virtually(() -> {
            Task<Void> waiter = waiting("a").get(0);
            lock.release();
            waiter.cancel();
            await(sleep(ms(1)));
            assertFalse(lock.isLocked());
            assertTrue(waiter.isCancelled());
        });
    }

    @Test
    @DisplayName("115: releasing a lock that is not held is refused")
    void overRelease() {
        assertTrue(assertThrows(IllegalStateException.class, lock::release)
                .getMessage()
                .contains("not acquired"));
        assertTrue(lock.tryAcquire());
        lock.release();
        assertThrows(IllegalStateException.class, lock::release);
    }

    @Test
    void belongsToNobody() {
        virtually(() -> {
            await(lock.acquire());
            assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(10), lock.acquire())));
            await(createTask(async(lock::release)));
            assertFalse(lock.isLocked());
        });
    }

    @Test
    @DisplayName("126: waiters whose time limit passed are not kept")
    void waitersThatGaveUp() {
        virtually(() -> {
            await(lock.acquire());
            List<Coroutine<Void>> impatient = IntStream.range(0, 1000)
                    .<Coroutine<Void>>mapToObj(i -> withTimeout(ms(1 + i % 7), lock.acquire()))
                    .toList();
            await(gather(impatient).returnExceptions());
            assertEquals("Lock[0 free, 0 waiting]", lock.toString());
        });
    }

    @Test
    void useReleasesHoweverTheBodyEnds() {
        virtually(() -> {
            assertEquals("held", await(use(lock, held -> lock.isLocked() ? "held" : "free")));
            assertFalse(lock.isLocked());
            RuntimeException boom = new IllegalArgumentException("boom");
            assertSame(
                    boom,
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> await(use(lock, held -> {
                                throw boom;
                            }))));
            assertFalse(lock.isLocked());
            Task<Void> sleeping = createTask(use(lock, held -> await(sleep(ms(100)))));
            await(sleep(ms(1)));
            assertTrue(lock.isLocked());
            sleeping.cancel();
            assertThrows(CancelledException.class, () -> await(sleeping));
            assertFalse(lock.isLocked());
        });
    }

    @Test
    void useIsRefusedWhereTheBodyReleasedByItself() {
        virtually(() -> {
            assertThrows(
                    IllegalStateException.class,
                    () -> await(use(lock, held -> {
                        lock.release();
                        return null;
                    })));
        });
    }

    @Test
    void aScopeHoldsItToItsEnd() {
        virtually(() -> {
            await(scope(scope -> {
                await(scope.enter(lock));
                assertTrue(lock.isLocked());
                return null;
            }));
            assertFalse(lock.isLocked());
        });
    }

    @Test
    void criticalSectionsOfBodiesFollowEachOther() {
        virtually(() -> {
            List<Coroutine<Void>> bodies = IntStream.range(0, 5)
                    .<Coroutine<Void>>mapToObj(i -> use(lock, held -> await(sleep(ms(10)))))
                    .toList();
            await(gather(bodies));
            assertEquals(50, now());
        });
    }

    @Test
    void parallelBodiesExcludeEachOther() {
        int[] count = {0};
        run(() -> {
            Coroutine<Void> adding = async(() -> {
                for (int i = 0; i < 500; i++) {
                    await(use(lock, held -> count[0]++));
                }
            });
            await(gather(IntStream.range(0, 4)
                    .mapToObj(i -> async(() -> await(adding)))
                    .toList()));
        });
        assertEquals(2000, count[0]);
        assertFalse(lock.isLocked());
    }

    @Test
    void worksThroughFutures() throws Exception {
        lock.acquire().toFuture().get();
        CompletableFuture<Void> second = lock.acquire().toFuture();
        CompletableFuture<Void> third = lock.acquire().toFuture();
        while (!lock.toString().contains("2 waiting")) {
            Thread.onSpinWait();
        }
        second.cancel(true);
        lock.release();
        third.get();
        assertTrue(lock.isLocked());
        lock.release();
        assertFalse(lock.isLocked());
    }
}

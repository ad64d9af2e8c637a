package dev.jawait.sync;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.use;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.Waiting.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancels meet grants, on as many threads as there are: every permit and every item is accounted for. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SyncStressTest {
    private static final int ROUNDS = 20_000;

    private static void spin(int count) {
        for (int i = 0; i < count; i++) {
            Thread.onSpinWait();
        }
    }

    /** What a waiter that was cancelled has, it has not; what it has not, somebody else gets. */
    private static void grantsAgainstCancels(BoundedSemaphore semaphore, UnaryOperator<Coroutine<Void>> way)
            throws InterruptedException {
        AtomicInteger held = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            semaphore.tryAcquire();
            CountDownLatch ended = new CountDownLatch(2);
            List<Task<Void>> waiters = Stream.generate(() -> createTask(way.apply(semaphore.acquire())))
                    .limit(2)
                    .toList();
            waiters.forEach(waiter -> waiter.onDone(done -> {
                if (!done.isCancelled()) {
                    held.incrementAndGet();
                    semaphore.release();
                }
                ended.countDown();
            }));
            spin(round % 300);
            semaphore.release();
            spin(round % 7 * 10);
            waiters.get(round % 2).cancel();
            assertTrue(ended.await(10, TimeUnit.SECONDS), "A permit is lost");
            assertEquals("BoundedSemaphore[1 free, 0 waiting]", semaphore.toString());
        }
    }

    @Test
    void aPermitIsNeverLost() throws InterruptedException {
        grantsAgainstCancels(BoundedSemaphore.create(1), acquiring -> acquiring);
    }

    @Test
    void aPermitIsNeverLostWithinATimeLimit() throws InterruptedException {
        grantsAgainstCancels(BoundedSemaphore.create(1), acquiring -> withTimeout(Duration.ofDays(1), acquiring));
    }

    @Test
    void aPermitThatWasTakenAsItsTaskEndedIsGivenBack() throws InterruptedException {
        Semaphore semaphore = Semaphore.create(1);
        for (int round = 0; round < ROUNDS; round++) {
            CountDownLatch ended = new CountDownLatch(1);
            Task<Void> taker = createTask(semaphore.acquire());
            taker.onDone(done -> {
                if (!done.isCancelled()) {
                    semaphore.release();
                }
                ended.countDown();
            });
            spin(round % 200);
            taker.cancel();
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            assertEquals("Semaphore[1 free, 0 waiting]", semaphore.toString());
        }
    }

    @Test
    void impatientBodiesExcludeEachOther() {
        Lock lock = Lock.create();
        int[] entries = {0};
        AtomicInteger succeeded = new AtomicInteger();
        run(() -> {
            Coroutine<Void> impatient = async(() -> {
                for (int i = 0; i < 3000; i++) {
                    try {
                        await(withTimeout(Duration.ofNanos(1 + i % 40 * 1000L), use(lock, held -> entries[0]++)));
                        succeeded.incrementAndGet();
                    } catch (AsyncTimeoutException timedOut) {
                        // The next one.
                    }
                }
            });
            await(gather(IntStream.range(0, 4)
                    .mapToObj(i -> async(() -> await(impatient)))
                    .toList()));
        });
        assertEquals(succeeded.get(), entries[0]);
        assertEquals("Lock[1 free, 0 waiting]", lock.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void anItemIsNeitherLostNorDoubled(int maxSize) {
        AsyncQueue<Integer> queue = AsyncQueue.create(maxSize);
        Set<Integer> put = ConcurrentHashMap.newKeySet();
        Set<Integer> got = ConcurrentHashMap.newKeySet();
        List<Integer> doubled = new ArrayList<>();
        run(() -> {
            List<Task<Void>> putters = IntStream.range(0, 3)
                    .mapToObj(putter -> createTask(async(() -> {
                        for (int i = 0; i < 2000; i++) {
                            int item = putter * 2000 + i;
                            try {
                                await(withTimeout(nanos(i), queue.put(item)));
                                put.add(item);
                            } catch (AsyncTimeoutException impatient) {
                                // It is not in the queue, and must not come out.
                            }
                        }
                    })))
                    .toList();
            Coroutine<Void> getter = async(() -> {
                for (int i = 0; ; i++) {
                    try {
                        int item = await(withTimeout(nanos(i), queue.get()));
                        if (!got.add(item)) {
                            synchronized (doubled) {
                                doubled.add(item);
                            }
                        }
                        queue.taskDone();
                    } catch (AsyncTimeoutException impatient) {
                        // The item stays for another.
                    } catch (QueueShutDownException over) {
                        return;
                    }
                }
            });
            List<Task<Void>> getters =
                    Stream.generate(() -> createTask(getter)).limit(3).toList();
            await(gather(putters));
            await(queue.join());
            queue.shutdown();
            await(gather(getters));
        });
        assertEquals(List.of(), doubled);
        assertEquals(put, got);
    }

    private static Duration nanos(int i) {
        return Duration.ofNanos(1 + i % 50 * 1000L);
    }

    @Test
    void aSignalIsNeverLost() {
        Condition condition = Condition.create();
        AtomicInteger stock = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger consumed = new AtomicInteger();
        int items = 3000;
        run(() -> {
            Coroutine<Void> consumer = async(() -> {
                while (!over.get()) {
                    int round = stock.get();
                    try {
                        await(withTimeout(nanos(round), use(condition, held -> {
                            await(condition.waitFor(() -> stock.get() > 0 || over.get()));
                            if (stock.get() > 0) {
                                stock.decrementAndGet();
                                consumed.incrementAndGet();
                            }
                            return null;
                        })));
                    } catch (AsyncTimeoutException impatient) {
                        // The signal is for another.
                    }
                }
            });
            Coroutine<Void> patient = use(condition, held -> {
                while (!over.get()) {
                    await(condition.waitFor(() -> stock.get() > 0 || over.get()));
                    while (stock.get() > 0) {
                        stock.decrementAndGet();
                        consumed.incrementAndGet();
                    }
                }
                return null;
            });
            List<Task<Void>> consumers = List.of(createTask(consumer), createTask(consumer), createTask(patient));
            for (int i = 0; i < items; i++) {
                await(use(condition, held -> {
                    stock.incrementAndGet();
                    condition.signal();
                    return null;
                }));
            }
            until("the last item", () -> consumed.get() == items);
            over.set(true);
            await(use(condition, held -> {
                condition.signalAll();
                return null;
            }));
            await(gather(consumers));
        });
        assertEquals(items, consumed.get());
    }

    @Test
    void futuresThatAreCancelledGiveTheirPermitsBack() throws InterruptedException {
        Semaphore semaphore = Semaphore.create(2);
        for (int round = 0; round < ROUNDS / 4; round++) {
            CompletableFuture<?>[] futures = new CompletableFuture<?>[4];
            for (int i = 0; i < futures.length; i++) {
                futures[i] = use(semaphore, permit -> null).toFuture();
            }
            spin(round % 100);
            futures[round % 4].cancel(true);
            CompletableFuture.allOf(futures).exceptionally(cancelled -> null).join();
        }
        until("the permits", () -> semaphore.toString().equals("Semaphore[2 free, 0 waiting]"));
    }

    @Test
    void aPermitOfAFutureThatIsCancelledAsItEndsGoesBack() throws InterruptedException {
        Semaphore semaphore = Semaphore.create(1);
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Void> future = semaphore.acquire().toFuture();
            spin(round % 200);
            if (!future.cancel(true)) {
                semaphore.release();
            }
        }
        until("the permit", () -> semaphore.toString().equals("Semaphore[1 free, 0 waiting]"));
    }
}

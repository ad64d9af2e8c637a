package dev.jawait;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.sync.AsyncQueue;
import dev.jawait.sync.BoundedSemaphore;
import dev.jawait.testing.NothingLeft;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancels meet ends and grants, a million times each: every result, permit and item is accounted for. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class CancelStressTest {
    private static final int THREADS = 4;
    private static final int BATCHES = 250;
    private static final int BATCH = 1000;
    private static final int ROUNDS = THREADS * BATCHES * BATCH;

    @Test
    @DisplayName("a cancel that races the end is either refused or heard, and every task ends once: on loops")
    void onLoops() {
        AtomicInteger results = new AtomicInteger();
        int cancelled = inThreads(
                BATCHES, round -> withTimeout(Duration.ofDays(1), createTask(sleep(nanos(round), round))), result -> {
                    results.incrementAndGet();
                });
        assertEquals(ROUNDS, results.get() + cancelled);
    }

    @Test
    @DisplayName("a cancel that races the end is either refused or heard, and every task ends once: bodies on threads")
    void onThreads() {
        AtomicInteger results = new AtomicInteger();
        int batches = BATCHES / 100;
        int cancelled = inThreads(batches, round -> async(() -> await(sleep(nanos(round), round))), result -> {
            results.incrementAndGet();
        });
        assertEquals(THREADS * batches * BATCH, results.get() + cancelled);
    }

    @Test
    @DisplayName("a permit that meets a cancel is its task's or goes back")
    void permits() {
        BoundedSemaphore semaphore = BoundedSemaphore.create(7);
        AtomicInteger acquired = new AtomicInteger();
        int cancelled = inThreads(BATCHES, round -> semaphore.acquire(), nothing -> {
            acquired.incrementAndGet();
            semaphore.release();
        });
        assertEquals(ROUNDS, acquired.get() + cancelled);
        assertEquals("BoundedSemaphore[7 free, 0 waiting]", semaphore.toString());
    }

    @Test
    @DisplayName("an item that meets a cancel is its task's or stays in the queue")
    void items() {
        AsyncQueue<Integer> queue = AsyncQueue.create();
        AtomicIntegerArray seen = new AtomicIntegerArray(ROUNDS);
        int cancelled = inThreads(
                BATCHES,
                round -> {
                    queue.putNowait(round);
                    return queue.get();
                },
                seen::incrementAndGet);
        assertEquals(cancelled, queue.size());
        while (!queue.isEmpty()) {
            seen.incrementAndGet(queue.getNowait());
        }
        assertEquals(
                ROUNDS,
                IntStream.range(0, ROUNDS).filter(item -> seen.get(item) == 1).count());
    }

    @Test
    void impatientTakersLoseNoItem() {
        int count = 10_000;
        run(() -> {
            List<Coroutine<Integer>> work =
                    IntStream.range(0, count).mapToObj(i -> sleep(nanos(i), i)).toList();
            AsCompleted<Integer> items = asCompleted(work);
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            Coroutine<Void> taker = async(() -> take(items, seen));
            await(gather(
                    Stream.generate(() -> async(() -> await(taker))).limit(4).toList()));
            assertEquals(count, seen.size());
        });
    }

    private static void take(AsCompleted<Integer> items, Set<Integer> seen) {
        while (true) {
            Completed<Integer> item;
            try {
                item = await(withTimeout(nanos(seen.size()), items.next()));
            } catch (AsyncTimeoutException impatient) {
                continue;
            }
            if (item == null) {
                return;
            }
            assertTrue(seen.add(item.result()));
        }
    }

    private static Duration nanos(int i) {
        return Duration.ofNanos(1 + i % 50 * 1000L);
    }

    /** Starts tasks and cancels them, on four threads; returns how many of them were cancelled. */
    private static <T> int inThreads(int batches, IntFunction<Coroutine<T>> work, Consumer<T> onResult) {
        AtomicInteger cancelled = new AtomicInteger();
        CompletableFuture<?>[] threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            for (int batch = 0; batch < batches; batch++) {
                                int first = (thread * batches + batch) * BATCH;
                                cancelled.addAndGet(race(first, work, onResult));
                            }
                        },
                        CancelStressTest::onThread))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(threads).join();
        return cancelled.get();
    }

    private static void onThread(Runnable command) {
        Thread thread = new Thread(command, "canceller");
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> int race(int first, IntFunction<Coroutine<T>> work, Consumer<T> onResult) {
        CountDownLatch ends = new CountDownLatch(BATCH);
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        for (int i = 0; i < BATCH; i++) {
            Task<T> task = createTask(work.apply(first + i));
            for (int spin = 0; spin < i % 7 * 100; spin++) {
                Thread.onSpinWait();
            }
            boolean accepted = task.cancel();
            task.onDone(done -> {
                if (accepted != done.isCancelled()) {
                    lost.incrementAndGet();
                }
                if (done.isCancelled()) {
                    cancelled.incrementAndGet();
                } else {
                    onResult.accept(done.result());
                }
                ends.countDown();
            });
        }
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> ends.await(), "A task hangs");
        assertEquals(0, ends.getCount());
        assertEquals(0, lost.get(), "Cancels that were accepted and not heard, or refused and heard");
        return cancelled.get();
    }
}

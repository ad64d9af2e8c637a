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

import dev.jawait.testing.NothingLeft;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class CancelStressTest {
    private static final int BATCH = 1000;

    @Test
    @DisplayName("a cancel that races the end is either refused or heard, and every task ends once: on loops")
    void onLoops() {
        inThreads(4, () -> repeat(25, i -> withTimeout(Duration.ofDays(1), createTask(sleep(nanos(i))))));
    }

    @Test
    @DisplayName("a cancel that races the end is either refused or heard, and every task ends once: bodies on threads")
    void onThreads() {
        inThreads(4, () -> repeat(2, i -> async(() -> await(sleep(nanos(i))))));
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

    private static void inThreads(int count, Runnable rounds) {
        CompletableFuture<?>[] threads = Stream.generate(() -> CompletableFuture.runAsync(rounds, command -> {
                    Thread thread = new Thread(command, "canceller");
                    thread.setDaemon(true);
                    thread.start();
                }))
                .limit(count)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(threads).join();
    }

    private static void repeat(int batches, IntFunction<Coroutine<?>> work) {
        for (int batch = 0; batch < batches; batch++) {
            race(work);
        }
    }

    private static void race(IntFunction<Coroutine<?>> work) {
        CountDownLatch ends = new CountDownLatch(BATCH);
        AtomicInteger told = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        for (int i = 0; i < BATCH; i++) {
            Task<?> task = createTask(work.apply(i));
            for (int spin = 0; spin < i % 7 * 100; spin++) {
                Thread.onSpinWait();
            }
            boolean accepted = task.cancel();
            task.onDone(done -> {
                told.incrementAndGet();
                if (accepted != done.isCancelled()) {
                    lost.incrementAndGet();
                }
                ends.countDown();
            });
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> ends.await(), "A task hangs");
        assertEquals(BATCH, told.get());
        assertEquals(0, lost.get(), "Cancels that were accepted and not heard");
    }
}

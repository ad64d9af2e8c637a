package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Tasks that wait for an hour; once they do, all are cancelled, and when all have ended, so does it. Nothing is left of
 * them: no timer, no thread that sleeps.
 */
public class CancelBenchmark extends TaskBenchmark {
    private static final Duration LONG = Duration.ofHours(1);

    @Benchmark
    public int jawait() {
        return run(() -> {
            List<Task<Integer>> waiting = all(i -> createTask(sleep(LONG, i)));
            await(sleep(Duration.ZERO));
            waiting.forEach(Task::cancel);
            return await(waitUntil(waiting)).done().size();
        });
    }

    @Benchmark
    public int jawaitKotlin() {
        return KotlinTasksKt.cancelSleeping(tasks);
    }

    @Benchmark
    public int kotlinx() {
        return KotlinxTasksKt.cancelWaiting(tasks);
    }

    /** A future waits for nothing by itself, so each has a time limit; the step after it is what ends. */
    @Benchmark
    public int completableFuture() {
        List<CompletableFuture<Integer>> waiting =
                all(i -> new CompletableFuture<Integer>().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS));
        CompletableFuture<?>[] ends = waiting.stream()
                .map(future -> future.handleAsync((result, error) -> error, pool))
                .toArray(CompletableFuture<?>[]::new);
        waiting.forEach(future -> future.cancel(true));
        CompletableFuture.allOf(ends).join();
        return ends.length;
    }

    /** Cancelling a future interrupts its thread. */
    @Benchmark
    public long threads() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(tasks);
        CountDownLatch ended = new CountDownLatch(tasks);
        List<Future<?>> waiting = all(i -> threads.submit(() -> waitLong(begun, ended)));
        begun.await();
        waiting.forEach(future -> future.cancel(true));
        ended.await();
        return ended.getCount();
    }

    private static void waitLong(CountDownLatch begun, CountDownLatch ended) {
        begun.countDown();
        try {
            Thread.sleep(LONG.toMillis());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}

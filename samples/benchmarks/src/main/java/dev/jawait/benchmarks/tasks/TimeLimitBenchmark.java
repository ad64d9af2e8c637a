package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What {@link GatherBenchmark} does, each task under a time limit that is never reached. A thread has no limit of its own:
 * who waits for it stops waiting then.
 */
public class TimeLimitBenchmark extends TaskBenchmark {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Benchmark
    public List<Integer> jawait() {
        return run(gather(all(i -> withTimeout(LIMIT, coroutine(i)))));
    }

    @Benchmark
    public List<Integer> jawaitKotlin() {
        return KotlinTasksKt.gatherLimited(tasks);
    }

    @Benchmark
    public List<Integer> kotlinx() {
        return KotlinxTasksKt.asyncLimited(tasks);
    }

    @Benchmark
    public List<Integer> completableFuture() throws ExecutionException, InterruptedException {
        List<CompletableFuture<Integer>> futures = all(i -> future(i).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS));
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        return resultsOf(futures);
    }

    @Benchmark
    public List<Integer> threads() throws ExecutionException, InterruptedException, TimeoutException {
        List<Integer> results = new ArrayList<>(tasks);
        List<Future<Integer>> futures = all(this::thread);
        for (Future<Integer> future : futures) {
            results.add(future.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
        return results;
    }
}

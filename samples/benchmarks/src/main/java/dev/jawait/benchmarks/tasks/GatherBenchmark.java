package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;

/** Tasks that are started together and waited for together, with their results in order. */
public class GatherBenchmark extends TaskBenchmark {
    @Benchmark
    public List<Integer> jawait() {
        return run(gather(all(TaskBenchmark::coroutine)));
    }

    @Benchmark
    public List<Integer> jawaitKotlin() {
        return KotlinTasksKt.gatherSleeping(tasks);
    }

    /** Each gives way as kotlinx has it. */
    @Benchmark
    public List<Integer> jawaitKotlinYield() {
        return KotlinTasksKt.gatherYielding(tasks);
    }

    @Benchmark
    public List<Integer> kotlinx() {
        return KotlinxTasksKt.asyncAwaitAll(tasks);
    }

    @Benchmark
    public List<Integer> completableFuture() throws ExecutionException, InterruptedException {
        List<CompletableFuture<Integer>> futures = all(this::future);
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        return resultsOf(futures);
    }

    @Benchmark
    public List<Integer> threads() throws ExecutionException, InterruptedException {
        List<Future<Integer>> futures = all(this::thread);
        return resultsOf(futures);
    }
}

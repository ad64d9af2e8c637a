package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.sleep;

import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tasks, each of which gives way once and has its number as result; a score is that of all of them. Each benchmark has the
 * same work done by
 *
 * <ul>
 *   <li>{@code jawait}, from Java, and {@code jawaitKotlin}, from Kotlin;
 *   <li>{@code kotlinx}: coroutines of kotlinx's on {@code Dispatchers.Default};
 *   <li>{@code completableFuture}: a stage that hops once, on a pool of as many threads as there are processors;
 *   <li>{@code threads}: a virtual thread for each from JDK 21 on. Before, a thread of a growing pool: a thousand are few
 *       enough, so that no row is missing there, but more should not be asked for.
 * </ul>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class TaskBenchmark {
    @Param("1000")
    int tasks;

    /** As the common pool is where there are more processors than two; that one starts a thread for each stage otherwise. */
    final ExecutorService pool = Executors.newWorkStealingPool();

    final ExecutorService threads = Threads.perTask();

    @TearDown
    public void shutDown() {
        pool.shutdown();
        threads.shutdown();
    }

    static Coroutine<Integer> coroutine(int i) {
        return sleep(Duration.ZERO, i);
    }

    CompletableFuture<Integer> future(int i) {
        return CompletableFuture.supplyAsync(() -> i, pool).thenApplyAsync(result -> result, pool);
    }

    Future<Integer> thread(int i) {
        return threads.submit(() -> body(i));
    }

    /** All of them on threads, to be taken as they end. */
    CompletionService<Integer> begun() {
        CompletionService<Integer> completed = new ExecutorCompletionService<>(threads);
        for (int i = 0; i < tasks; i++) {
            int number = i;
            completed.submit(() -> body(number));
        }
        return completed;
    }

    static int body(int i) {
        Thread.yield();
        return i;
    }

    /** As many as there are to be. */
    <T> List<T> all(IntFunction<T> make) {
        return IntStream.range(0, tasks).mapToObj(make).toList();
    }

    static List<Integer> resultsOf(List<? extends Future<Integer>> futures)
            throws ExecutionException, InterruptedException {
        List<Integer> results = new ArrayList<>(futures.size());
        for (Future<Integer> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}

package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Async;
import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A loop that waits until at least one task has ended, and goes on with those that have not. What kotlinx and futures have
 * for it, {@code select} and {@code anyOf}, looks at every task in every turn: with twice the tasks a task costs up to twice
 * as much.
 */
public class WaitLoopBenchmark extends TaskBenchmark {
    @Benchmark
    public int jawait() {
        return run(() -> {
            int sum = 0;
            Collection<Task<Integer>> pending = all(i -> Async.createTask(coroutine(i)));
            while (!pending.isEmpty()) {
                WaitResult<Integer> result = await(waitUntil(ReturnWhen.FIRST_COMPLETED, pending));
                for (Task<Integer> task : result.done()) {
                    sum += task.result();
                }
                pending = result.pending();
            }
            return sum;
        });
    }

    @Benchmark
    public int jawaitKotlin() {
        return KotlinTasksKt.waitLoop(tasks);
    }

    @Benchmark
    public int kotlinx() {
        return KotlinxTasksKt.selectLoop(tasks);
    }

    @Benchmark
    public int completableFuture() {
        int sum = 0;
        List<CompletableFuture<Integer>> pending = new ArrayList<>(all(this::future));
        while (!pending.isEmpty()) {
            CompletableFuture.anyOf(pending.toArray(CompletableFuture<?>[]::new))
                    .join();
            for (Iterator<CompletableFuture<Integer>> futures = pending.iterator(); futures.hasNext(); ) {
                CompletableFuture<Integer> future = futures.next();
                if (future.isDone()) {
                    futures.remove();
                    sum += future.join();
                }
            }
        }
        return sum;
    }

    /** A queue, emptied each time there is something in it. */
    @Benchmark
    public int threads() throws ExecutionException, InterruptedException {
        CompletionService<Integer> completed = begun();
        int sum = 0;
        for (int pending = tasks; pending > 0; ) {
            for (Future<Integer> done = completed.take(); done != null; done = completed.poll()) {
                pending--;
                sum += done.get();
            }
        }
        return sum;
    }
}

package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;

import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * One task after the other, created and awaited. From Java that is a thread which waits for each: what two hops between
 * threads take.
 */
public class CreateBenchmark extends TaskBenchmark {
    @Benchmark
    public int jawait() {
        return run(() -> {
            int sum = 0;
            for (int i = 0; i < tasks; i++) {
                sum += await(createTask(coroutine(i)));
            }
            return sum;
        });
    }

    @Benchmark
    public int jawaitKotlin() {
        return KotlinTasksKt.createEach(tasks);
    }

    @Benchmark
    public int kotlinx() {
        return KotlinxTasksKt.asyncAwait(tasks);
    }

    @Benchmark
    public int completableFuture() {
        int sum = 0;
        for (int i = 0; i < tasks; i++) {
            sum += future(i).join();
        }
        return sum;
    }

    @Benchmark
    public int threads() throws ExecutionException, InterruptedException {
        int sum = 0;
        for (int i = 0; i < tasks; i++) {
            sum += thread(i).get();
        }
        return sum;
    }
}

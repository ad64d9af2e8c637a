package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.run;

import dev.jawait.Completed;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;

/** Tasks that are taken one by one, as they end; where there is nothing for that, from a queue of results. */
public class AsCompletedBenchmark extends TaskBenchmark {
    @Benchmark
    public int jawait() {
        return run(() -> {
            int sum = 0;
            for (Completed<Integer> item : asCompleted(all(TaskBenchmark::coroutine))) {
                sum += item.result();
            }
            return sum;
        });
    }

    @Benchmark
    public int jawaitKotlin() {
        return KotlinTasksKt.collectAsCompleted(tasks);
    }

    @Benchmark
    public int kotlinx() {
        return KotlinxTasksKt.channelOfResults(tasks);
    }

    @Benchmark
    public int completableFuture() throws InterruptedException {
        BlockingQueue<Integer> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < tasks; i++) {
            future(i).thenAccept(results::add);
        }
        int sum = 0;
        for (int i = 0; i < tasks; i++) {
            sum += results.take();
        }
        return sum;
    }

    @Benchmark
    public int threads() throws ExecutionException, InterruptedException {
        CompletionService<Integer> completed = begun();
        int sum = 0;
        for (int i = 0; i < tasks; i++) {
            sum += completed.take().get();
        }
        return sum;
    }
}

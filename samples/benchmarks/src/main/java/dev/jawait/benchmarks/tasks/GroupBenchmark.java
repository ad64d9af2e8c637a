package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.run;
import static dev.jawait.Async.taskGroup;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** A group that waits for the tasks which are started in it; futures and threads have {@code allOf} and {@code invokeAll}. */
public class GroupBenchmark extends TaskBenchmark {
    @Benchmark
    public int jawait() {
        return run(taskGroup(group -> {
            for (int i = 0; i < tasks; i++) {
                group.createTask(coroutine(i));
            }
            return tasks;
        }));
    }

    @Benchmark
    public int jawaitKotlin() {
        return KotlinTasksKt.waitForTaskGroup(tasks);
    }

    @Benchmark
    public int kotlinx() {
        return KotlinxTasksKt.waitForScope(tasks);
    }

    @Benchmark
    public int completableFuture() {
        CompletableFuture.allOf(all(this::future).toArray(CompletableFuture<?>[]::new))
                .join();
        return tasks;
    }

    @Benchmark
    public int threads() throws InterruptedException {
        return threads.invokeAll(all(i -> (Callable<Integer>) () -> body(i))).size();
    }
}

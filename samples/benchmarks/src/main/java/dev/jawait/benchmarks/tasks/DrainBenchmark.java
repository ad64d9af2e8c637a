package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Async;
import dev.jawait.Completed;
import dev.jawait.Coroutine;
import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tasks that give way once, taken one after the other as they end; a score is that of all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DrainBenchmark {
    @Param({"1000", "10000", "100000", "1000000"})
    int tasks;

    @Benchmark
    public int asCompletedLoop() {
        return run(() -> {
            int sum = 0;
            for (Completed<Integer> item : asCompleted(work().toList())) {
                sum += item.result();
            }
            return sum;
        });
    }

    @Benchmark
    public int waitUntilLoop() {
        return run(() -> {
            int sum = 0;
            Collection<Task<Integer>> pending = work().map(Async::createTask).toList();
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
    public int kotlinxChannel() {
        return KotlinTasksKt.channelOfResults(tasks);
    }

    private Stream<Coroutine<Integer>> work() {
        return IntStream.range(0, tasks).mapToObj(i -> sleep(Duration.ZERO, i));
    }
}

package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A thousand tasks that give way once, started together and waited for together; a score is that of one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(GatherBenchmark.TASKS)
public class GatherBenchmark {
    static final int TASKS = 1000;

    @Benchmark
    public List<Integer> jawait() {
        return run(gather(
                IntStream.range(0, TASKS).mapToObj(i -> sleep(Duration.ZERO, i)).toList()));
    }

    @Benchmark
    public List<Integer> jawaitKotlin() {
        return KotlinTasksKt.gatherSleeping(TASKS);
    }

    @Benchmark
    public List<Integer> jawaitKotlinYield() {
        return KotlinTasksKt.gatherYielding(TASKS);
    }

    @Benchmark
    public List<Integer> kotlinx() {
        return KotlinTasksKt.asyncAwaitAll(TASKS);
    }
}

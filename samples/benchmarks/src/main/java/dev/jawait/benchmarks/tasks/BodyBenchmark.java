package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.async;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand bodies in Java, which may block, each on a thread of its own; a score is that of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BodyBenchmark.BODIES)
public class BodyBenchmark {
    static final int BODIES = 1000;

    private final ExecutorService threads = Threads.perTask();

    @TearDown
    public void shutDown() {
        threads.shutdown();
    }

    @Benchmark
    public List<Integer> jawait() {
        return run(gather(
                IntStream.range(0, BODIES).mapToObj(i -> async(() -> body(i))).toList()));
    }

    /** Virtual threads where the JDK has them, pooled ones where not. */
    @Benchmark
    public int threads() throws ExecutionException, InterruptedException {
        List<Future<Integer>> futures = IntStream.range(0, BODIES)
                .mapToObj(i -> threads.submit(() -> body(i)))
                .toList();
        int sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }

    /** Blocks for a moment, as far as its thread is concerned. */
    private static int body(int i) {
        Thread.yield();
        return i;
    }
}

package dev.jawait.benchmarks.tasks;

import static dev.jawait.Async.async;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;

/** Bodies in Java, which may block, each on a thread of its own. */
public class BodyBenchmark extends TaskBenchmark {
    @Benchmark
    public List<Integer> jawait() {
        return run(gather(all(i -> async(() -> body(i)))));
    }

    @Benchmark
    public List<Integer> threads() throws ExecutionException, InterruptedException {
        List<Future<Integer>> futures = all(this::thread);
        return resultsOf(futures);
    }
}

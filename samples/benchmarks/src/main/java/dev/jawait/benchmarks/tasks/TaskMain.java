package dev.jawait.benchmarks.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The process of {@link TaskGrowth}. The numbers of tasks are its arguments. */
final class TaskMain {
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(3);
    private static final long ENOUGH = TimeUnit.SECONDS.toNanos(1);
    private static final int FEWEST = 5;

    private final List<Integer> counts;

    private TaskMain(List<Integer> counts) {
        this.counts = counts;
    }

    public static void main(String[] args) throws Exception {
        TaskMain main = new TaskMain(Stream.of(args).map(Integer::valueOf).toList());
        GatherBenchmark gather = new GatherBenchmark();
        AsCompletedBenchmark asCompleted = new AsCompletedBenchmark();
        WaitLoopBenchmark waitLoop = new WaitLoopBenchmark();
        GroupBenchmark group = new GroupBenchmark();
        main.measure("gather", gather, gather::jawait);
        main.measure("asCompleted", asCompleted, asCompleted::jawait);
        main.measure("waitUntil loop", waitLoop, waitLoop::jawait);
        main.measure("taskGroup", group, group::jawait);
        main.measure("kotlinx: async, awaitAll", gather, gather::kotlinx);
        System.exit(0);
    }

    private void measure(String name, TaskBenchmark benchmark, Callable<?> run) throws Exception {
        StringBuilder line = new StringBuilder(name);
        benchmark.tasks = 1000;
        times(run, WARM_UP);
        for (int count : counts) {
            benchmark.tasks = count;
            System.gc();
            line.append(";").append((double) median(times(run, ENOUGH)) / count);
        }
        System.out.println(line);
    }

    private static List<Long> times(Callable<?> run, long enough) throws Exception {
        List<Long> times = new ArrayList<>();
        for (long all = 0; all < enough || times.size() < FEWEST; all += times.get(times.size() - 1)) {
            long start = System.nanoTime();
            run.call();
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}

package dev.jawait.benchmarks;

import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What one task costs in each benchmark: time, and bytes allocated. */
final class Table {
    private static final String ROW = "%-36s %9s %10s %10s";

    private Table() {}

    static String of(Collection<RunResult> results) {
        return String.format(ROW, "benchmark", "tasks", "ns/task", "bytes/task")
                + results.stream().map(Table::row).collect(Collectors.joining());
    }

    private static String row(RunResult result) {
        String all = result.getParams().getParam("tasks");
        double tasks = all == null ? 1 : Double.parseDouble(all);
        return String.format(
                "%n" + ROW,
                name(result.getParams().getBenchmark()),
                all == null ? result.getParams().getOpsPerInvocation() : all,
                number(result.getPrimaryResult().getScore() / tasks),
                number(bytes(result) / tasks));
    }

    private static String name(String benchmark) {
        return benchmark.replaceFirst(".*\\.(?=\\w+\\.\\w+$)", "");
    }

    private static double bytes(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocated == null ? Double.NaN : allocated.getScore();
    }

    private static String number(double value) {
        return String.format("%,.0f", value);
    }
}

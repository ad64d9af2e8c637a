package dev.jawait.benchmarks.http;

import java.util.List;
import java.util.Locale;

/** The clients at one workload, each beside the first. */
final class ThroughputTable {
    private static final String HEAD = "%-24s %10s %7s %8s %8s %8s %8s %8s %8s %8s %7s%n";

    private ThroughputTable() {}

    static String of(Workload workload, String server, List<ClientRun> runs) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, "%n%s: %s; %s%n", workload.name(), workload.title(), server));
        table.append(String.format(
                Locale.ROOT,
                HEAD,
                "client",
                "requests/s",
                "ratio",
                "CPU µs",
                "ratio",
                "bytes",
                "ratio",
                "p50 µs",
                "p99 µs",
                "p99.9 µs",
                "opened"));
        runs.forEach(run -> table.append(row(run, runs.get(0))));
        return table.toString();
    }

    private static String row(ClientRun run, ClientRun first) {
        return String.format(
                Locale.ROOT,
                "%-24s %,10.0f %7s %8.1f %8s %,8.0f %8s %,8.0f %,8.0f %,8.0f %,7d%s%n",
                run.client().title(),
                run.median(Round::perSecond),
                ratio(run.median(Round::perSecond), first.median(Round::perSecond)),
                run.median(Round::cpuMicros),
                ratio(run.median(Round::cpuMicros), first.median(Round::cpuMicros)),
                run.median(Round::bytes),
                ratio(run.median(Round::bytes), first.median(Round::bytes)),
                run.median(Round::p50),
                run.median(Round::p99),
                run.median(Round::p999),
                run.connections(),
                run.hasFailed() ? "  (some failed)" : "");
    }

    private static String ratio(double value, double first) {
        return String.format(Locale.ROOT, "%.2f", value / first);
    }
}

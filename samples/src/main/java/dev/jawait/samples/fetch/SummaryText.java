package dev.jawait.samples.fetch;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary as lines to print. */
final class SummaryText {
    private SummaryText() {}

    static String of(Summary summary) {
        return head(summary) + "\n" + counts("by status", summary.statuses()) + counts("by error", summary.errors())
                + latency(summary) + connections(summary) + slowest(summary);
    }

    private static String head(Summary summary) {
        return format(
                "%s%d URLs in %.2f s, %.1f a second: %d answered, %d failed",
                summary.wasInterrupted() ? "Interrupted after " : "",
                summary.answered() + summary.failures(),
                summary.seconds(),
                summary.perSecond(),
                summary.answered(),
                summary.failures());
    }

    private static String counts(String title, Map<?, Integer> counts) {
        return counts.isEmpty()
                ? ""
                : line(
                        title,
                        counts.entrySet().stream()
                                .map(count -> count.getKey() + ": " + count.getValue())
                                .collect(Collectors.joining(", ")));
    }

    private static String latency(Summary summary) {
        return summary.answered() == 0
                ? ""
                : line(
                        "latency",
                        format(
                                "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms",
                                summary.latency(50), summary.latency(90), summary.latency(99), summary.latency(100)));
    }

    private static String connections(Summary summary) {
        return line(
                "connections",
                summary.connections().opened() + " opened, reused "
                        + summary.connections().reused() + " times");
    }

    private static String slowest(Summary summary) {
        return summary.slowest().stream()
                .map(page -> line("slow", format("%.1f ms  %s", page.micros() / 1000.0, page.url())))
                .collect(Collectors.joining())
                .stripTrailing();
    }

    private static String line(String title, String text) {
        return format("  %-12s %s%n", title, text);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

package dev.jawait.benchmarks.http;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * What a round came to.
 *
 * @param perSecond answers a second
 * @param cpuMicros processor time of the client's process for each, in microseconds
 * @param bytes allocated for each
 * @param p50 latency in microseconds, as the next two
 * @param failures requests that were not answered as they should be
 */
record Round(double perSecond, double cpuMicros, double bytes, double p50, double p99, double p999, double failures) {
    static Round of(Recorder recorder, long nanos, long cpu, long bytes) {
        Histogram micros = recorder.micros();
        double answers = Math.max(1, micros.getTotalCount());
        return new Round(
                micros.getTotalCount() * 1e9 / nanos,
                cpu / 1e3 / answers,
                bytes / answers,
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                micros.getValueAtPercentile(99.9),
                recorder.failures());
    }

    String toLine() {
        return String.format(
                "round %.3f %.3f %.3f %.0f %.0f %.0f %.0f", perSecond, cpuMicros, bytes, p50, p99, p999, failures);
    }

    static Round ofLine(String line) {
        double[] n = Arrays.stream(line.split(" "))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Round(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }
}

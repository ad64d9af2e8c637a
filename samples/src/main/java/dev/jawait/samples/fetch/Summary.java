package dev.jawait.samples.fetch;

import dev.jawait.http.PoolStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Counts, and remembers no more of a page than that, but of the slowest five. */
final class Summary implements Consumer<Fetched> {
    private static final int SLOWEST = 5;

    private final long start = System.nanoTime();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private final Histogram latencies = new Histogram(3);
    private final PriorityQueue<Slow> slowest = new PriorityQueue<>();
    private PoolStats connections = new PoolStats(0, 0, 0, 0, 0, 0);
    private double seconds;
    private int answered;
    private int failures;
    private boolean interrupted;

    /** A slow page; the natural order puts the quickest of them first. */
    record Slow(long micros, String url) implements Comparable<Slow> {
        @Override
        public int compareTo(Slow other) {
            return Long.compare(micros, other.micros);
        }
    }

    @Override
    public synchronized void accept(Fetched page) {
        if (page.result().status() != null) {
            statuses.merge(page.result().status(), 1, Integer::sum);
        }
        if (page.isFailed()) {
            failures++;
            errors.merge(page.result().error(), 1, Integer::sum);
        } else {
            answered++;
            latencies.recordValue(page.micros());
        }
        slowest.add(new Slow(page.micros(), page.line().url()));
        if (slowest.size() > SLOWEST) {
            slowest.remove();
        }
    }

    /** It is over; this is what the pool has done. */
    synchronized void connections(PoolStats stats) {
        connections = stats;
        seconds = (System.nanoTime() - start) / 1e9;
    }

    synchronized void interrupted() {
        interrupted = true;
    }

    synchronized boolean wasInterrupted() {
        return interrupted;
    }

    synchronized int answered() {
        return answered;
    }

    synchronized int failures() {
        return failures;
    }

    synchronized double seconds() {
        return seconds;
    }

    synchronized double perSecond() {
        return seconds == 0 ? 0 : (answered + failures) / seconds;
    }

    synchronized Map<Integer, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    synchronized Map<String, Integer> errors() {
        return new TreeMap<>(errors);
    }

    synchronized PoolStats connections() {
        return connections;
    }

    /** In milliseconds, of the answers. */
    synchronized double latency(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }

    synchronized List<Slow> slowest() {
        List<Slow> pages = new ArrayList<>(slowest);
        pages.sort(Comparator.reverseOrder());
        return pages;
    }

    @Override
    public String toString() {
        return SummaryText.of(this);
    }
}

package dev.jawait.samples.fetch;

import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.Phase;
import java.util.ArrayList;
import java.util.List;

/** What is known of a page while it is fetched: the tag of its requests, filled in by {@link TraceListener}. */
final class Trace {
    private final long epoch;
    private final long start;
    private final List<Span> spans = new ArrayList<>(6);
    private Phase open;
    private long openedAt;
    private int redirects;
    private Integer status;
    private boolean reused;

    /** @param epoch when the whole run began, in {@link System#nanoTime()} */
    Trace(long epoch) {
        this.epoch = epoch;
        this.start = now();
    }

    synchronized void hop(int hop) {
        redirects = hop;
        status = null;
    }

    synchronized void connected(boolean isReused) {
        reused = isReused;
    }

    synchronized void responded(int withStatus) {
        status = withStatus;
    }

    synchronized void begin(Phase phase) {
        end();
        open = phase;
        openedAt = now();
    }

    synchronized void end() {
        if (open != null) {
            spans.add(new Span(open, openedAt, now()));
            open = null;
        }
    }

    synchronized Fetched answered(UrlLine line, long bytes) {
        end();
        return fetched(line, bytes, null, null);
    }

    synchronized Fetched failed(UrlLine line, RuntimeException error) {
        end();
        return fetched(line, 0, error, phaseOf(error));
    }

    private Fetched fetched(UrlLine line, long bytes, RuntimeException error, Phase phase) {
        long micros = now() - start;
        String name = error == null ? null : error.getClass().getSimpleName();
        Result result = new Result(line.url(), status, bytes, micros / 1000, name, phase, redirects, reused);
        return new Fetched(line, result, error, start, micros, List.copyOf(spans));
    }

    private Phase phaseOf(RuntimeException error) {
        if (error instanceof ClientTimeoutException timeout) {
            return timeout.phase();
        }
        return spans.isEmpty() ? null : spans.get(spans.size() - 1).phase();
    }

    private long now() {
        return (System.nanoTime() - epoch) / 1000;
    }
}

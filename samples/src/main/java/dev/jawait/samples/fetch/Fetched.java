package dev.jawait.samples.fetch;

import java.util.List;

/**
 * A page that has ended.
 *
 * @param error what it failed with, or null
 * @param start in microseconds since the run began
 * @param micros how long it took, all attempts and redirects included
 */
record Fetched(UrlLine line, Result result, RuntimeException error, long start, long micros, List<Span> spans) {
    boolean isFailed() {
        return error != null;
    }
}

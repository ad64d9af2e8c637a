package dev.jawait.samples.fetch;

import dev.jawait.http.Phase;

/**
 * A line of the results.
 *
 * @param status null where no answer came
 * @param error the simple name of the exception, or null
 * @param phase what the request was doing when it failed, or null
 * @param reusedConnection whether its connection, the last one after redirects, had served before
 */
record Result(
        String url,
        Integer status,
        long bytes,
        long elapsedMs,
        String error,
        Phase phase,
        int redirects,
        boolean reusedConnection) {}

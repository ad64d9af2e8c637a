package dev.jawait.samples.fetch;

import dev.jawait.http.Phase;

/** A phase of a request, in microseconds since the run began. */
record Span(Phase phase, long start, long end) {}

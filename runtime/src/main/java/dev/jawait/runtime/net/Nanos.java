package dev.jawait.runtime.net;

import java.time.Duration;

/** Durations as nanoseconds that can be added to a clock. */
public final class Nanos {
    private static final Duration MOST = Duration.ofDays(50L * 365);

    private Nanos() {}

    /** {@code duration}, but 50 years at most. */
    public static long of(Duration duration) {
        return duration.compareTo(MOST) > 0 ? MOST.toNanos() : duration.toNanos();
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.http.ClientTimeout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of an exchange.
 *
 * @param started when the whole request began, in {@link System#nanoTime()}: before earlier hops, if there were any
 * @param timeout the limits; {@code total} counts from {@code started}
 */
public record Limits(long started, ClientTimeout timeout) {
    /** What is left of the whole; null if that has no limit. */
    public @Nullable Duration remaining() {
        Duration total = timeout.total();
        if (total == null) {
            return null;
        }
        Duration left = total.minusNanos(System.nanoTime() - started);
        return left.isNegative() ? Duration.ZERO : left;
    }
}

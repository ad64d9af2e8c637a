package dev.jawait.runtime.transport;

import dev.jawait.http.ClientTimeout;

/**
 * The time limits of an exchange.
 *
 * @param started when the whole request began, in {@link System#nanoTime()}: before earlier hops, if there were any
 * @param timeout the limits; {@code total} counts from {@code started}
 */
public record Limits(long started, ClientTimeout timeout) {}

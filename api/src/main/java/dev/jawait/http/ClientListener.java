package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to the requests of a session: the one contract for logs, metrics and traces. Called in order for
 * each request, on the loop that runs it or, before it has a connection, on the thread of whoever sends it, so it must not
 * block; what it throws is logged and changes nothing.
 */
public interface ClientListener {
    /** A request, or the next hop of one, begins. */
    default void started(RequestInfo request) {}

    /** {@code phase} begins. A phase that there is nothing to do for is left out. */
    default void phaseStarted(RequestInfo request, Phase phase) {}

    /** {@code phase} has ended, well or not. */
    default void phaseEnded(RequestInfo request, Phase phase) {}

    /** The connection that serves it: one that had served before, or a new one. */
    default void connected(RequestInfo request, boolean reused) {}

    /**
     * It is sent again: as a part of the same attempt, since it failed on a reused connection before any byte of a response
     * came, or as the next attempt of a {@link RetryPolicy}, after a pause; {@code cause} is a {@link ClientResponseException}
     * where a status is the reason.
     */
    default void retried(RequestInfo request, Throwable cause) {}

    /** The response's head has come. */
    default void responded(RequestInfo request, int status) {}

    /**
     * It is over: the body has come to its end or was given up, or the connection has become a {@link WebSocket} ({@code error} is
     * null), or it failed.
     */
    default void ended(RequestInfo request, @Nullable Throwable error) {}
}

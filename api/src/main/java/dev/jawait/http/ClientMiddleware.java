package dev.jawait.http;

import dev.jawait.Coroutine;

/**
 * Stands between a session and its connections: sees each request before it is sent and its response before the caller
 * does, changes them, sends again, or answers with an error of its own. aiohttp's client middleware.
 *
 * <pre>{@code
 * builder.middleware((request, next) -> {
 *     ClientResponse response = await(next.send(request.withHeader("X-Trace", id())));
 *     return response.status() == 401 ? await(next.send(request.withHeader("Authorization", fresh()))) : response;
 * })
 * }</pre>
 *
 * It runs for each hop of redirects and each attempt of a {@link RetryPolicy}, the first one given outermost, as a part of the
 * request's task: it may block and await, in Java on a thread for that. What it throws is what the request ends with. A
 * response that it has received and does not return is closed.
 */
@FunctionalInterface
public interface ClientMiddleware {
    /**
     * Handles one request.
     *
     * @param next what is further in, to be called never, once, or several times
     * @return the response, one that {@code next} has given
     */
    ClientResponse handle(OutgoingRequest request, Next next) throws Exception;

    /** What is further in: the next middleware, or at last the connection. */
    @FunctionalInterface
    interface Next {
        /** Sends {@code request}; to be awaited. */
        Coroutine<ClientResponse> send(OutgoingRequest request);
    }
}

package dev.jawait.http;

import dev.jawait.Coroutine;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response whose head has come. Its connection goes back to the pool when the body was read to its end, and is closed
 * otherwise; so read it or {@link #close()} it.
 */
public interface ClientResponse extends AutoCloseable {
    /** The status code. */
    int status();

    /** The reason phrase; may be empty. */
    String reason();

    /** Whether the status is below 400. */
    default boolean isOk() {
        return status() < 400;
    }

    /** The method of the request that this answers: after a redirect it may differ from the first. */
    String method();

    /** The URL that answered, after redirects, without a fragment. */
    URI url();

    /** The headers. */
    Headers headers();

    /** The cookies that this response sets, by name. */
    Map<String, Cookie> cookies();

    /** The responses that redirected here, first to last; their bodies cannot be read. */
    List<ClientResponse> history();

    /** Whether it came over a connection that had served a request before. */
    boolean isConnectionReused();

    /** The body, piece by piece. */
    ResponseBody body();

    /**
     * The whole body; kept, so a second call has it at once.
     *
     * <p>Ends with {@link ClientPayloadException} if the body ends too early or is malformed.
     */
    Coroutine<byte[]> bytes();

    /** The whole body as text, in the charset of its content type, UTF-8 if it names none. */
    Coroutine<String> text();

    /** The whole body as JSON. Ends with {@link ContentTypeException} if its content type is not JSON. */
    <R extends @Nullable Object> Coroutine<R> json(Class<R> type);

    /**
     * Returns this response if its status is below 400.
     *
     * @throws ClientResponseException if not
     */
    ClientResponse raiseForStatus();

    /**
     * Gives the connection back if the body was read to its end, and closes it otherwise. A rest of 64 KiB at most is read
     * away first, for 100 ms at most: that is cheaper than a new connection. Does not block.
     */
    @Override
    void close();
}

package dev.jawait.http;

import dev.jawait.Coroutine;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response whose head has come. Its connection goes back to the pool when the body was read to its end, and is closed
 * otherwise; so read it or {@link #close()} it. One that is collected before gives its connection up, and is logged; with
 * where its request was made in debug mode ({@code -Djawait.debug=true}).
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

    /** What the body is, in lower case and without parameters; {@code application/octet-stream} if that was not said. */
    String contentType();

    /** The charset of its content type; UTF-8 if it names none, or one that this JVM does not have. */
    Charset charset();

    /** What {@code Content-Disposition} says, null if there is none that can be read. */
    @Nullable
    ContentDisposition contentDisposition();

    /** The links of its {@code Link} headers, in order; without those that cannot be read. */
    List<Link> links();

    /** The first of the {@link #links()} that is related by {@code rel}, such as {@code next}; null if there is none. */
    default @Nullable Link link(String rel) {
        return links().stream().filter(link -> link.is(rel)).findFirst().orElse(null);
    }

    /** The cookies that this response sets, by name. */
    Map<String, Cookie> cookies();

    /** The responses that redirected here, first to last; their bodies cannot be read. */
    List<ClientResponse> history();

    /** Whether it came over a connection that was there already: had served a request, or had been warmed up. */
    boolean isConnectionReused();

    /** The body, piece by piece. */
    ResponseBody body();

    /**
     * The whole body, but for what was read of it before; kept, so a second call has it at once. A cancel closes the
     * connection: what has come by then cannot be read any more.
     *
     * <p>Ends with {@link ClientPayloadException} if the body ends too early or is malformed.
     */
    Coroutine<byte[]> bytes();

    /** The whole body as text, in its {@link #charset()}. What is malformed there becomes U+FFFD. */
    Coroutine<String> text();

    /** The whole body as text, in {@code charset} whatever the content type says. */
    Coroutine<String> text(Charset charset);

    /**
     * The whole body as JSON; null if it is empty or white space. Ends with {@link ContentTypeException} if its content type
     * is not JSON, with {@link IllegalArgumentException} if it is malformed or does not fit.
     */
    <R extends @Nullable Object> Coroutine<R> json(Class<R> type);

    /**
     * {@link #json(Class)} of a body whose content type may be {@code contentType}, too: {@code text/json}, say, or
     * {@code *}{@code /*} for whatever it is.
     */
    <R extends @Nullable Object> Coroutine<R> json(Class<R> type, String contentType);

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

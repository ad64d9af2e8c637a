package dev.jawait.http;

import dev.jawait.AsyncFunction;
import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, to be awaited or started; each time it is sent anew. The options give a new request each, this one stays
 * as it is.
 *
 * <p>Awaited itself, it results in a {@link ClientResponse} whose head has come: close it, or read its body to the end.
 * {@link #use}, {@link #text}, {@link #bytes} and {@link #json(Class)} do that themselves.
 *
 * <p>What it may end with: {@link ClientException} and its subclasses, {@link ClientTimeoutException}, and
 * {@link dev.jawait.CancelledException}. Cancelling closes the connection and frees its place in the pool.
 */
public interface ClientRequest extends Coroutine<ClientResponse> {
    /** Adds a header; it replaces the session's of the same name. */
    ClientRequest header(String name, String value);

    /** As {@link #header}, but not sent to another origin when a redirect leads there. */
    ClientRequest secretHeader(String name, String value);

    /** Leaves out {@code User-Agent}, {@code Accept}, {@code Accept-Encoding} or {@code Content-Type}. */
    ClientRequest skipAutoHeaders(String... names);

    /**
     * What this request shows to be let in, instead of what the session would; to its own origin alone. An
     * {@code Authorization} header goes before it; a user in the URL beside it is an {@link InvalidUrlException}.
     */
    ClientRequest auth(Auth auth);

    /** Whether and when it is sent again; the session's policy if not said. */
    ClientRequest retry(RetryPolicy policy);

    /** The middlewares of this request, instead of the session's; none: no middleware. */
    ClientRequest middlewares(ClientMiddleware... middlewares);

    /** Adds a parameter to the query, percent-encoded here. Not sent to a redirect's target. */
    ClientRequest param(String name, String value);

    /** The limits of this request, instead of the session's. */
    ClientRequest timeout(ClientTimeout timeout);

    /** The session's limits, with this one for the whole. */
    ClientRequest timeout(Duration total);

    /** The body. */
    ClientRequest body(RequestBody body);

    /** A body of bytes, as {@code application/octet-stream}. */
    default ClientRequest body(byte[] bytes) {
        return body(RequestBody.bytes(bytes));
    }

    /** A body of text, as {@code text/plain; charset=utf-8}. */
    default ClientRequest body(String text) {
        return body(RequestBody.text(text));
    }

    /** A body of {@code value} as JSON, by the {@link dev.jawait.spi.JsonCodec} found (Jackson, if it is there). */
    default ClientRequest json(@Nullable Object value) {
        return body(RequestBody.json(value));
    }

    /** A body of form fields, as {@code application/x-www-form-urlencoded}. */
    default ClientRequest form(Map<String, String> fields) {
        return body(RequestBody.form(fields));
    }

    /**
     * Whether the body waits until the server asks for it ({@code Expect: 100-continue}), so that it is not sent in vain;
     * false if not said. It waits for a second at most, since some servers never ask; aiohttp waits for ever.
     */
    ClientRequest expectContinue(boolean expect);

    /**
     * Sends a cookie with this request, beside the jar's, and in place of one of the same name there; it is not stored, and
     * not sent to another origin.
     *
     * @throws IllegalArgumentException if no cookie can have this name or value
     */
    ClientRequest cookie(String name, String value);

    /** Whether redirects are followed; true if not said, false for HEAD. */
    ClientRequest allowRedirects(boolean allow);

    /** How many redirects make a {@link TooManyRedirectsException}; 10 if not said, 0 for no limit. */
    ClientRequest maxRedirects(int max);

    /** Whether a redirect from https to http is followed; if not, it is an {@link InsecureRedirectException}. */
    ClientRequest allowDowngrade(boolean allow);

    /** Whether a status of 400 or more is a {@link ClientResponseException}; the session's if not said. */
    ClientRequest raiseForStatus(boolean raise);

    /** Whether a compressed body is decompressed; the session's if not said. */
    ClientRequest autoDecompress(boolean decompress);

    /** How many bytes the body may have, once decompressed, 0 for no limit; the session's if not said. */
    ClientRequest maxBodyBytes(long max);

    /**
     * Sends it, and what it is redirected to, through {@code proxy}, whatever the session or the environment says. A
     * session over an engine of Ktor's refuses.
     */
    ClientRequest proxy(Proxy proxy);

    /**
     * How TLS is spoken with the server, instead of what the connector says; not with an https proxy. Settings of trust and
     * versions alone are for those it is redirected to as well. With a client's certificate, a pin, a name or an
     * {@code SSLContext} in them, they are for the origin that was asked first, and for others the connector's count. A
     * session over an engine of Ktor's refuses.
     */
    ClientRequest tls(TlsSettings settings);

    /** Anything of the caller's, handed to the {@link ClientListener} with this request. */
    ClientRequest tag(@Nullable Object tag);

    /** Sends it, runs {@code body} with the response, and closes the response however the body ended. */
    <R extends @Nullable Object> Coroutine<R> use(AsyncFunction<? super ClientResponse, ? extends R> body);

    /** Sends it and reads the body as text, in the charset of its content type, UTF-8 if it names none. */
    Coroutine<String> text();

    /** Sends it and reads the body. */
    Coroutine<byte[]> bytes();

    /** Sends it and reads the body as JSON. */
    <R extends @Nullable Object> Coroutine<R> json(Class<R> type);
}

package dev.jawait.http;

import dev.jawait.Coroutine;
import dev.jawait.spi.HttpRuntime;
import java.net.URI;
import java.time.Duration;

/**
 * A session: one pool of connections, cookies, defaults and limits for many requests. Make one and share it; it may be
 * used from any thread. Aiohttp's {@code ClientSession}.
 *
 * <p>A session that is collected without having been closed is closed then, and logged with where it was created.
 */
public interface ClientSession extends AutoCloseable {
    /** A session with the defaults: 100 connections, 5 minutes in all for a request, cookies kept. */
    static ClientSession create() {
        return builder().build();
    }

    /** A builder with the defaults. */
    static Builder builder() {
        return HttpRuntime.get().sessionBuilder();
    }

    /** A GET request; redirects are followed. */
    default ClientRequest get(String url) {
        return request("GET", url);
    }

    /** A POST request. */
    default ClientRequest post(String url) {
        return request("POST", url);
    }

    /** A PUT request. */
    default ClientRequest put(String url) {
        return request("PUT", url);
    }

    /** A PATCH request. */
    default ClientRequest patch(String url) {
        return request("PATCH", url);
    }

    /** A DELETE request. */
    default ClientRequest delete(String url) {
        return request("DELETE", url);
    }

    /** A HEAD request; redirects are not followed unless asked for, as in aiohttp. */
    default ClientRequest head(String url) {
        return request("HEAD", url);
    }

    /** An OPTIONS request. */
    default ClientRequest options(String url) {
        return request("OPTIONS", url);
    }

    /**
     * A request. Nothing is sent, and no URL is checked, until it is awaited or started: a bad URL is an
     * {@link InvalidUrlException} there.
     *
     * @throws IllegalArgumentException if {@code method} is not a token of RFC 9110
     */
    ClientRequest request(String method, String url);

    /** {@link #request(String, String)} for a parsed URL. */
    default ClientRequest request(String method, URI url) {
        return request(method, url.toString());
    }

    /**
     * A WebSocket to {@code url}, whose scheme is ws, wss, http or https. Nothing is sent, and no URL is checked, until it is
     * awaited or started.
     */
    WebSocketRequest webSocket(String url);

    /** {@link #webSocket(String)} for a parsed URL. */
    default WebSocketRequest webSocket(URI url) {
        return webSocket(url.toString());
    }

    /** The connections, which other sessions may share. */
    Connector connector();

    /** The cookies. */
    CookieJar cookieJar();

    /** Whether {@link #close()} was called, or {@link #closeGracefully} has begun. */
    boolean isClosed();

    /**
     * As {@link #close()}, but lets run what runs: from now on requests are refused with an {@link IllegalStateException},
     * those that were there, with what redirects lead them to, go on until the last byte of their responses has come or
     * {@code limit} has passed. With a connector that was given to the builder, which stays open, a response counts as
     * there once its head has come. Open WebSockets are not told before the limit has passed.
     *
     * <p>Results in whether all ended by themselves. A cancel closes at once. Nothing happens before the coroutine is
     * awaited or started.
     *
     * @param limit zero: nothing is waited for
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    Coroutine<Boolean> closeGracefully(Duration limit);

    /**
     * Closes it: requests that run fail, later ones are refused with an {@link IllegalStateException}. A connector that
     * was given to the builder stays open, and what runs over it goes on. WebSockets are closed with code 1001, in the
     * background. Does not block; calling it again does nothing.
     *
     * @see #closeGracefully
     */
    @Override
    void close();

    /** Builds a {@link ClientSession}. */
    interface Builder {
        /** The limits of every request that sets none of its own. */
        Builder timeout(ClientTimeout timeout);

        /** Shares the connections of {@code connector}, which the session then does not close. */
        Builder connector(Connector connector);

        /** Which cookies are kept; {@link CookieJar#none()} for none. */
        Builder cookieJar(CookieJar cookieJar);

        /** Sent with every request, unless the request sets the same name. Calling it again adds. */
        Builder header(String name, String value);

        /** Whether a status of 400 or more is a {@link ClientResponseException}; false if not said. */
        Builder raiseForStatus(boolean raise);

        /**
         * Whether bodies that are compressed are decompressed as they are read; true if not said. That is what
         * {@code Accept-Encoding} asks for: gzip, deflate, and br and zstd where {@code brotli4j} and {@code zstd-jni} are
         * present. Decompressing takes constant memory. The headers of a response stay as they came.
         */
        Builder autoDecompress(boolean decompress);

        /**
         * How many bytes a body may have, once decompressed; a longer one is a {@link ClientPayloadException} where that
         * shows, and its connection is closed. 0, for no limit, if not said.
         */
        Builder maxBodyBytes(long max);

        /**
         * How many times as long as what was received a body may become when it is decompressed, from 1 MiB on; more is a
         * {@link ClientPayloadException}. 0, for no limit, if not said.
         */
        Builder maxDecompressionRatio(int max);

        /**
         * What the URLs of requests are relative to (RFC 3986, section 5.2); absolute ones stay as they are.
         *
         * @throws IllegalArgumentException if it is none, does not end with a slash, or has a user, query or fragment
         */
        Builder baseUrl(String url);

        /**
         * What requests show to be let in: to the origin of the base URL, if there is one, else to the origin of the URL
         * that each is made for. A redirect never takes it to another origin, as aiohttp's does.
         */
        Builder auth(Auth auth);

        /**
         * The same for {@code origin} alone, a URL such as {@code https://api.example.org}, also where a redirect leads
         * there; there, it counts instead of {@link #auth(Auth)}.
         *
         * @throws IllegalArgumentException if {@code origin} is no http or https URL
         */
        Builder auth(String origin, Auth auth);

        /** As {@link #header}, but not sent to another origin when a redirect leads there. */
        Builder secretHeader(String name, String value);

        /** Leaves out {@code User-Agent}, {@code Accept}, {@code Accept-Encoding} or {@code Content-Type}. */
        Builder skipAutoHeaders(String... names);

        /**
         * Tells servers in the header {@code name} how long the caller will wait: in milliseconds, what is left of the
         * total time limit or of {@code withTimeout} around the request, whichever is less.
         */
        Builder deadlineHeader(String name);

        /** Whether and when requests are sent again; {@link RetryPolicy#NONE} if not said. */
        Builder retry(RetryPolicy policy);

        /** Adds a middleware, further in than those before. */
        Builder middleware(ClientMiddleware middleware);

        /** Hears of each phase of each request. */
        Builder listener(ClientListener listener);

        /** Sends all requests through {@code proxy}, unless the request names another. */
        Builder proxy(Proxy proxy);

        /**
         * Whether the environment says which proxy a request goes through, and with which credentials; false if not said.
         *
         * <p>The proxy: {@code HTTP_PROXY} for http URLs, {@code HTTPS_PROXY} for https ones, {@code ALL_PROXY} where that
         * is not set; not for the hosts in {@code NO_PROXY}: names, which stand for what is below them as well, addresses,
         * {@code 10.0.0.0/8}, each with a port if only that is meant, or {@code *}. Names in lower case go first. In a CGI
         * program (where {@code REQUEST_METHOD} is set) {@code HTTP_PROXY} does not count, since a client can set it. Each
         * redirect chooses anew. A proxy of the session or the request goes first. For WebSockets {@code WS_PROXY} and
         * {@code WSS_PROXY} go before those two.
         *
         * <p>The credentials: what the file named by {@code NETRC}, or {@code .netrc} in the home directory, has for the
         * host of the request's URL, where neither the URL nor a header has any. No other origin gets them by a redirect.
         * The file is read once, when the first request needs it.
         */
        Builder trustEnv(boolean trust);

        /** What sends the requests instead of the pooled engine: an engine of Ktor, say. */
        Builder engine(HttpEngine engine);

        /**
         * Makes the session.
         *
         * @throws IllegalArgumentException if what was said does not go together, or a proxy in the environment is no URL of
         *     one
         */
        ClientSession build();
    }
}

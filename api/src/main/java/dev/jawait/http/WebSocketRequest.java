package dev.jawait.http;

import dev.jawait.AsyncFunction;
import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket to be opened, each time this is awaited or started anew. The options give a new request each, this one stays as
 * it is. Aiohttp's {@code ws_connect}.
 *
 * <p>The handshake is a GET request of the session's: its headers, cookies, credentials, middlewares, proxy, TLS, redirects
 * and time limits are those of any request, and it waits for its place in the pool as any. A proxy is asked for a tunnel,
 * also for {@code ws} (RFC 6455, section 4.1).
 *
 * <p>Awaited itself, it results in an open {@link WebSocket}, to be closed; {@link #use} closes it. What it may end with:
 * {@link WebSocketHandshakeException}, and whatever a {@link ClientRequest} may. Cancelling frees the place in the pool. A
 * session over an engine of Ktor's refuses.
 */
public interface WebSocketRequest extends Coroutine<WebSocket> {
    /**
     * Which protocols the server may choose from, the preferred one first. It need not choose; see {@link WebSocket#protocol()}.
     *
     * @throws IllegalArgumentException if one is not a token of RFC 9110, or named twice
     */
    WebSocketRequest protocols(String... protocols);

    /** The header {@code Origin}, which some servers want. */
    WebSocketRequest origin(String origin);

    /** Adds a header; it replaces the session's of the same name. */
    WebSocketRequest header(String name, String value);

    /** Adds a parameter to the query, percent-encoded here. */
    WebSocketRequest param(String name, String value);

    /**
     * Changes the request of the handshake, in all that a {@link ClientRequest} can be told but a body: its time limits,
     * credentials, cookies, proxy, TLS settings, redirects. {@code session.webSocket(url).handshake(r -> r.auth(auth))}.
     *
     * @throws IllegalArgumentException if what {@code change} returns has a body, or is no GET request of this session's
     */
    WebSocketRequest handshake(UnaryOperator<ClientRequest> change);

    /**
     * How long {@link WebSocket#receive()} waits for a message; without limit if not said.
     *
     * @throws IllegalArgumentException if {@code limit} is negative; zero stands for no limit
     */
    WebSocketRequest receiveTimeout(Duration limit);

    /**
     * How long {@link WebSocket#close()} waits for the server; 10 seconds if not said.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    WebSocketRequest closeTimeout(Duration limit);

    /**
     * After how much silence the server is sent a ping; off if not said. If nothing comes within half of that time, the
     * connection is closed, {@link WebSocket#closeCode()} is 1006, and who receives gets a {@link ClientTimeoutException}. It
     * rests while what came before waits to be received, and the buffer is full.
     *
     * @throws IllegalArgumentException if {@code interval} is negative; zero stands for off
     */
    WebSocketRequest heartbeat(Duration interval);

    /**
     * Whether to ask the server for compressed messages (permessage-deflate, RFC 7692), both ways; false if not said. Unlike
     * aiohttp's, the window is always 15 bits. See {@link WebSocket#isCompressed()} for what it says to that.
     */
    WebSocketRequest compress(boolean compress);

    /**
     * How many bytes a message may have, its fragments put together and decompressed; 4 MiB if not said, 0 for no limit. A
     * longer one closes the WebSocket with code 1009.
     *
     * @throws IllegalArgumentException if {@code max} is negative
     */
    WebSocketRequest maxMessageBytes(int max);

    /** Whether pings are answered, and pongs dropped, without being received; true if not said. */
    WebSocketRequest autoPing(boolean auto);

    /** Whether a Close frame of the server is answered at once; true if not said. If not, call {@link WebSocket#close()}. */
    WebSocketRequest autoClose(boolean auto);

    /**
     * Opens it, runs {@code body} with it, and closes it: with code 1000, as {@link WebSocket#close()} does; if the body failed
     * or was cancelled with 1001, without waiting for the server.
     */
    <R extends @Nullable Object> Coroutine<R> use(AsyncFunction<? super WebSocket, ? extends R> body);
}

package dev.jawait.http;

import dev.jawait.AsyncIterable;
import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket (RFC 6455), from {@link ClientSession#webSocket}: aiohttp's {@code ClientWebSocketResponse}. May be used
 * from any thread; any number of tasks may send, one at a time may receive.
 *
 * <p>What nobody receives is not read from the socket, beyond a small buffer (that of
 * {@link Connector.Builder#readBufferSize}): the server then cannot send on. Pings are answered and the heartbeat is kept as
 * long as there is room in that buffer, also while nobody receives.
 *
 * <p>What breaks the protocol closes the connection: with code 1002, 1007 if a text is not UTF-8 or compressed data are
 * malformed, 1009 if a message is too long. The next {@link #receive()} ends with a {@link WebSocketException} then, those after
 * it with {@link WsMessage.Closed}. A connection that is lost is no error for who receives, but {@code Closed}, with
 * {@link #closeCode()} 1006.
 *
 * <p>It occupies its place in the connector's pool until it is closed, and its connection is never used again. Closing the
 * session closes it with code 1001, in the background. One that is collected unclosed is closed then, and logged. With
 * {@code use(webSocket, body)} it is closed at the end of the body; after an error without waiting for the server.
 */
public interface WebSocket extends AsyncResource<WebSocket> {
    // ---- receiving

    /**
     * The next message, within {@link WebSocketRequest#receiveTimeout} if there is one.
     *
     * <p>Cancelled or timed out, it loses no message, and the connection stays open; but as in aiohttp {@link #closeCode()} is
     * 1006 then, and {@link #close()} does not wait for the server. Ends with {@link WebSocketException} where the server broke
     * the protocol, with {@link ClientTimeoutException} where the time limit passed or the heartbeat was not answered, with
     * {@link IllegalStateException} if another task receives.
     */
    Coroutine<WsMessage> receive();

    /**
     * {@link #receive()} with a time limit of its own.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    Coroutine<WsMessage> receive(Duration limit);

    /** {@link #receive()} of a text; anything else is a {@link WebSocketMessageTypeException}, which has it. */
    Coroutine<String> receiveText();

    /** {@link #receive()} of bytes; anything else is a {@link WebSocketMessageTypeException}, which has it. */
    Coroutine<byte[]> receiveBytes();

    /** {@link #receiveText()} read as JSON, by the {@link dev.jawait.spi.JsonCodec} found. */
    <R extends @Nullable Object> Coroutine<R> receiveJson(Class<R> type);

    /** The messages as they come, up to the end of the connection: {@code Close} and {@code Closed} are not among them. */
    AsyncIterable<WsMessage> messages();

    // ---- sending

    /**
     * Sends a text, and waits until the system has all of it. Ends with {@link ClientConnectionException} if the WebSocket is
     * closed, or is lost before that. Cancelled once it has begun, it is sent all the same.
     */
    Coroutine<@Nullable Void> sendText(String text);

    /** {@link #sendText} of a copy of {@code data}. */
    Coroutine<@Nullable Void> sendBytes(byte[] data);

    /** {@link #sendText} of {@code value} as JSON, by the {@link dev.jawait.spi.JsonCodec} found. */
    Coroutine<@Nullable Void> sendJson(@Nullable Object value);

    /** {@link #ping(byte[])} without data. */
    default Coroutine<@Nullable Void> ping() {
        return ping(new byte[0]);
    }

    /**
     * Sends a ping; does not wait for the pong.
     *
     * @throws IllegalArgumentException if {@code data} has more than 125 bytes
     */
    Coroutine<@Nullable Void> ping(byte[] data);

    /**
     * Sends a pong.
     *
     * @throws IllegalArgumentException if {@code data} has more than 125 bytes
     */
    Coroutine<@Nullable Void> pong(byte[] data);

    // ---- the end

    /** {@link #close(int, String)} with code 1000. */
    default Coroutine<Boolean> close() {
        return close(1000, "");
    }

    /**
     * Closes it: sends a Close frame and waits for that of the server, for {@link WebSocketRequest#closeTimeout} at most, then
     * closes the connection. Messages that were not received are lost; who receives gets {@link WsMessage.Closed}. Results in
     * whether it was open; if not, waits until the connection is closed. Cancelled, it closes the connection at once.
     *
     * @param code of RFC 6455, section 7.4
     * @throws IllegalArgumentException if the code is none that may be sent, or the reason has more than 123 bytes in UTF-8
     */
    Coroutine<Boolean> close(int code, String reason);

    /** Whether nothing can be sent any more: it is closed or being closed, or the connection is lost. */
    boolean isClosed();

    /**
     * The code it was closed with: the server's, 1005 if that gave none, 1006 if the connection was lost or the server did not
     * answer; null while it is open.
     */
    @Nullable
    Integer closeCode();

    /** What ended it, if that was an error; null otherwise. */
    @Nullable
    Throwable exception();

    // ---- what was agreed on

    /** The protocol that the server chose of those asked for; null if it chose none. */
    @Nullable
    String protocol();

    /** Whether messages are compressed, by permessage-deflate (RFC 7692). */
    boolean isCompressed();

    /** The URL of the handshake, with scheme http or https; without a user, password or fragment. */
    URI url();

    /** The headers of the server's answer to the handshake. */
    Headers headers();
}

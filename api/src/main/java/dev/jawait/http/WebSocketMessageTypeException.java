package dev.jawait.http;

/** A message of another kind came from a {@link WebSocket} than was asked for. Aiohttp's {@code WSMessageTypeError}, there no {@code ClientError}. */
public class WebSocketMessageTypeException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final transient WsMessage received;

    /** @param message what was asked for, and what came */
    public WebSocketMessageTypeException(String message, WsMessage received) {
        super(message, null);
        this.received = received;
    }

    /** What came. */
    public WsMessage received() {
        return received;
    }
}

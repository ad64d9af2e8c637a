package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The server broke the protocol of a {@link WebSocket}, or sent too long a message; the WebSocket is closed. Aiohttp's {@code WebSocketError}. */
public class WebSocketException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final int closeCode;

    /**
     * @param message what it did
     * @param closeCode of RFC 6455, section 7.4
     */
    public WebSocketException(String message, int closeCode, @Nullable Throwable cause) {
        super(message, cause);
        this.closeCode = closeCode;
    }

    /** The code that the WebSocket was closed with: 1002, 1007 or 1009. */
    public int closeCode() {
        return closeCode;
    }
}

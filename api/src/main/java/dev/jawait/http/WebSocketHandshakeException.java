package dev.jawait.http;

import java.net.URI;

/** The server did not open a {@link WebSocket}: it answered with another status than 101, or not as RFC 6455, section 4.1, asks for. */
public class WebSocketHandshakeException extends ClientResponseException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the response */
    public WebSocketHandshakeException(String message, int status, String method, URI url, Headers headers) {
        super(message, null, status, method, url, headers);
    }
}

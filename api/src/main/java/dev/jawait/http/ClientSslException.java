package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The TLS handshake failed. */
public class ClientSslException extends ClientConnectorException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientSslException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The TLS handshake failed for another reason than the certificate. */
public class ClientConnectorSslException extends ClientSslException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientConnectorSslException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

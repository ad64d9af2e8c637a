package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The server's certificate is not trusted, or is for another host. */
public class ClientConnectorCertificateException extends ClientSslException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientConnectorCertificateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

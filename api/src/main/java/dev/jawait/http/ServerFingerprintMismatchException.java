package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The server's certificate is none of those that {@link TlsSettings.Builder#pin} asks for; nothing was sent to it. */
public class ServerFingerprintMismatchException extends ServerConnectionException {
    private static final long serialVersionUID = 1L;

    /** @param message what was wanted, what came, where */
    public ServerFingerprintMismatchException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

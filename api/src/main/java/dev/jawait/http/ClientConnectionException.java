package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The connection failed, or could not be had. */
public class ClientConnectionException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientConnectionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The operating system reported an error on the connection: a reset, say. */
public class ClientOsException extends ClientConnectionException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientOsException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

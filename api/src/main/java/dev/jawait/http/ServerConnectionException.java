package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The server ended the connection in a way it should not have. */
public class ServerConnectionException extends ClientConnectionException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ServerConnectionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The server closed the connection before it sent a response. */
public class ServerDisconnectedException extends ServerConnectionException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ServerDisconnectedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** No connection could be opened: refused, unreachable, no such host. */
public class ClientConnectorException extends ClientOsException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientConnectorException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The host's name could not be resolved. */
public class ClientConnectorDnsException extends ClientConnectorException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientConnectorDnsException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The proxy could not be reached, hung up, or refused by SOCKS; nothing was sent to the server. */
public class ClientProxyConnectionException extends ClientConnectorException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientProxyConnectionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** The body of a response ended too early or is malformed, or a body cannot be sent again. */
public class ClientPayloadException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientPayloadException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

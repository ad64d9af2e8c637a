package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** A URL that no request can be sent to. */
public class InvalidUrlException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public InvalidUrlException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/** A URL whose scheme is neither http nor https. */
public class NonHttpUrlException extends InvalidUrlException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public NonHttpUrlException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

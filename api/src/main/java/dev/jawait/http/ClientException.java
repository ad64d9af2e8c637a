package dev.jawait.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request may fail with: the root of aiohttp's tree, {@code …Error} being {@code …Exception} here. Time-outs are
 * not below it: they are {@link ClientTimeoutException}.
 */
public class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where */
    public ClientException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

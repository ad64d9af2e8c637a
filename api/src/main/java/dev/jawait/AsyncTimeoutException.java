package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * A time limit was reached. Every time-out of Jawait is one, wherever it comes from, and it is an ordinary exception,
 * never a {@link java.util.concurrent.CancellationException}.
 */
public class AsyncTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was limited, by how much */
    public AsyncTimeoutException(@Nullable String message) {
        super(message);
    }

    /** @param cause the cancel that ended the body */
    public AsyncTimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.jawait;

import java.util.concurrent.CompletionException;

/** The one rule for rethrowing: unchecked as it is, checked wrapped in a CompletionException. */
final class Throw {
    private Throw() {}

    static RuntimeException unchecked(Throwable error) {
        if (error instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        throw new CompletionException(error);
    }
}

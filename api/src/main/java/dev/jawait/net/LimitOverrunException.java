package dev.jawait.net;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * There is no separator within the limit of a stream or of a line: asyncio's {@code LimitOverrunError}. What has
 * come is still in the stream, to be read otherwise.
 */
public class LimitOverrunException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final int consumed;

    /**
     * @param limit in bytes
     * @param consumed how many bytes that have come are not of a separator
     */
    public LimitOverrunException(int limit, int consumed) {
        super(new IOException("No separator within the limit of " + limit + " bytes, in " + consumed
                + " that have come: raise the limit, or read them in pieces"));
        this.consumed = consumed;
    }

    /** How many of the bytes that are there come before the separator, whether or not that has come. */
    public int consumed() {
        return consumed;
    }
}

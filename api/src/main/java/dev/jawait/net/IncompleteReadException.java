package dev.jawait.net;

import java.io.EOFException;
import java.io.UncheckedIOException;

/** The stream ended before all had come that was asked for: asyncio's {@code IncompleteReadError}. */
public class IncompleteReadException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final byte[] partial;

    /**
     * @param partial what had come
     * @param expected what was asked for, in words
     */
    public IncompleteReadException(byte[] partial, String expected) {
        super(new EOFException("The stream ended after " + partial.length + " bytes, before " + expected));
        this.partial = partial.clone();
    }

    /** What had come before the end; it is taken out of the stream. */
    public byte[] partial() {
        return partial.clone();
    }
}

package dev.jawait.net;

/** The stream ended before all was read that was asked for: {@code asyncio.IncompleteReadError}. */
public class IncompleteReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] partial;

    /**
     * @param partial what was read
     * @param expected what was asked for, in words
     */
    public IncompleteReadException(byte[] partial, String expected) {
        super("The stream ended after " + partial.length + " bytes where " + expected + " was expected");
        this.partial = partial.clone();
    }

    /** What was read before the end. */
    public byte[] partial() {
        return partial.clone();
    }
}

package dev.jawait.net;

/** A line, or what goes up to a separator, is longer than the limit: {@code asyncio.LimitOverrunError}. */
public class LimitOverrunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param limit in bytes */
    public LimitOverrunException(int limit) {
        super("No separator within the limit of " + limit + " bytes: raise StreamOptions.limit, or read in pieces");
    }
}

package dev.jawait.sync;

/** {@link AsyncQueue#putNowait} found no place. Asyncio's {@code QueueFull}. */
public class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which queue, and what was asked of it */
    public QueueFullException(String message) {
        super(message);
    }
}

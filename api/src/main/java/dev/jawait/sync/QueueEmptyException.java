package dev.jawait.sync;

/** {@link AsyncQueue#getNowait()} found no item. Asyncio's {@code QueueEmpty}. */
public class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which queue, and what was asked of it */
    public QueueEmptyException(String message) {
        super(message);
    }
}

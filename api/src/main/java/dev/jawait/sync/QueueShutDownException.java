package dev.jawait.sync;

/** The {@link AsyncQueue} was shut down. Asyncio's {@code QueueShutDown}. */
public class QueueShutDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which queue, and what was asked of it */
    public QueueShutDownException(String message) {
        super(message);
    }
}

package dev.jawait.sync;

/** A {@link Barrier} was aborted, or reset while tasks waited at it. Asyncio's {@code BrokenBarrierError}. */
public class BarrierBrokenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened to the barrier */
    public BarrierBrokenException(String message) {
        super(message);
    }
}

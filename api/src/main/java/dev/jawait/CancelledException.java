package dev.jawait;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A task was cancelled: thrown at its awaits, and to whoever awaits it. Asyncio's {@code CancelledError}, except that
 * a {@code catch (Exception e)} catches it here: rethrow it, or call {@link Task#uncancel()} if the task is to go on.
 */
public class CancelledException extends CancellationException {
    private static final long serialVersionUID = 1L;

    /** @param message the message given to {@link Task#cancel(String)} */
    public CancelledException(@Nullable String message) {
        super(message);
    }
}

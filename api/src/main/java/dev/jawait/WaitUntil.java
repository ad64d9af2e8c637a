package dev.jawait;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for tasks and sorts them into those that ended and those that run on: asyncio's {@code wait}. It never throws
 * what a task threw, and never cancels one, not even when it is itself cancelled.
 */
public interface WaitUntil<T extends @Nullable Object> extends Coroutine<WaitResult<T>> {
    /** The same, but returns after {@code limit} at the latest, without an error. Zero or less: what is done now. */
    WaitUntil<T> timeout(Duration limit);
}

package dev.jawait;

import dev.jawait.spi.TaskRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a time limit, as code inside of {@link Async#withTimeout(Duration, AsyncFunction)} sees it: asyncio's
 * {@code Timeout}. Tasks see the limit that they were created in; what does not await them is not ended by it.
 */
public interface Deadline {
    /** The innermost time limit that the current code is under, or null if there is none, or no task. */
    static @Nullable Deadline current() {
        return TaskRuntime.get().deadline();
    }

    /** How long until it passes, or until one around it does, whichever comes first; zero if that is past. */
    Duration remaining();

    /** Whether it has passed, no matter whether one around it has. */
    boolean isExpired();

    /**
     * Moves it to {@code limit} from now. Zero or less: the next await is cancelled.
     * {@link java.time.temporal.ChronoUnit#FOREVER}'s duration is no limit.
     *
     * @throws IllegalStateException if it has passed, or its block was left
     */
    void reschedule(Duration limit);
}

package dev.jawait.sync;

import dev.jawait.spi.SyncRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A queue that gives the newest item first: asyncio's {@code LifoQueue}.
 *
 * @param <T> the items
 */
public interface AsyncLifoQueue<T extends @Nullable Object> extends AsyncQueue<T> {
    /** A queue without a limit. */
    static <T extends @Nullable Object> AsyncLifoQueue<T> create() {
        return create(0);
    }

    /** A queue of at most {@code maxSize} items; zero or less stands for no limit. */
    static <T extends @Nullable Object> AsyncLifoQueue<T> create(int maxSize) {
        return SyncRuntime.get().lifoQueue(maxSize);
    }
}

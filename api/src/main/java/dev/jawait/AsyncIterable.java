package dev.jawait;

import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Items that come one by one and have to be awaited: what Python loops over with {@code async for}. A body loops over it
 * with {@code for}; elsewhere there are {@link #next()}, {@link #onEach} and, as it is a {@link Flow.Publisher},
 * {@code subscribe}, which asks for items only as the subscriber does. All of them take from the same items: each item
 * is handed out once.
 *
 * @param <T> an item; never null
 */
public interface AsyncIterable<T> extends Iterable<T>, Flow.Publisher<T> {
    /** The next item, or null when there is none left. An item that meets a cancel is not lost: it is the next one. */
    Coroutine<@Nullable T> next();

    /** Calls {@code action} with each item that is left, as it comes; {@code action} may block and may await. */
    Coroutine<@Nullable Void> onEach(Consumer<? super T> action);
}

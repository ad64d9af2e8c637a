package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * A recipe for asynchronous work. Making one runs nothing; {@link Async#await(Awaitable)} runs it inline, in the
 * current task; {@link #start()} runs it in a task of its own. Unlike asyncio's, it may be awaited and started any
 * number of times: each time it runs anew.
 *
 * <p>Coroutines are made by {@link Async} and by what returns them; this interface is not for implementing: the
 * runtime refuses foreign ones with an {@link IllegalArgumentException}.
 *
 * @param <T> what it results in
 */
public non-sealed interface Coroutine<T extends @Nullable Object> extends Awaitable<T> {}

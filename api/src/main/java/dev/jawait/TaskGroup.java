package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that end before the body of {@link Async#taskGroup(AsyncFunction)} is left: asyncio's {@code TaskGroup}. Where
 * {@link Gather} runs what is known beforehand and lets the others run on after a failure, a group takes tasks at any
 * time, also from its tasks, and the first failure cancels all the others and the body.
 *
 * <p>Its methods may be called from any thread.
 */
public interface TaskGroup {
    /**
     * Starts {@code awaitable} as a task of the group. A task that runs already joins the group: it is waited for, and
     * cancelled with the others. A task that is cancelled by itself disturbs nobody.
     *
     * @throws IllegalStateException if the group is shutting down, after a failure or a cancel, or has ended; and for
     *     the task whose group it is. In a task of the group or its body, that it is shutting down is not counted among
     *     the errors: there it stands for the cancel that is about to arrive
     */
    <T extends @Nullable Object> Task<T> createTask(Awaitable<T> awaitable);

    /** {@link #createTask(Awaitable)} with a name for the task. */
    <T extends @Nullable Object> Task<T> createTask(String name, Awaitable<T> awaitable);

    /**
     * Cancels the tasks of the group and its body; once they have ended, so does the group, without an error for this
     * cancel. A body that was cut short has no value: the group results in null. Does nothing if the group is shutting
     * down already or has ended.
     */
    void cancel();
}

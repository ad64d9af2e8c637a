package dev.jawait;

import dev.jawait.spi.TaskRuntime;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A value of the current task that the tasks it creates see, too: {@code contextvars.ContextVar}. A task has its
 * creator's values as they were at its creation; what it sets afterwards, nobody else sees. Code outside of tasks has
 * the values of its thread. Unlike a {@link ThreadLocal} it stays with the task on whatever thread the task runs.
 *
 * <pre>{@code
 * static final ContextVar<String> USER = ContextVar.create("user");
 *
 * try (ContextVar.Binding binding = USER.set("ann")) {
 *     await(gather(first(), second())); // both see "ann"
 * }
 * }</pre>
 *
 * @param <T> what it holds
 */
public interface ContextVar<T extends @Nullable Object> {
    /** A variable without a default. Make one for each purpose, as a constant. */
    static <T extends @Nullable Object> ContextVar<T> create(String name) {
        return TaskRuntime.get().contextVar(name, null);
    }

    /** A variable that has {@code defaultValue} where nothing else was set. */
    static <T extends @Nullable Object> ContextVar<T> create(String name, T defaultValue) {
        return TaskRuntime.get().contextVar(name, () -> defaultValue);
    }

    /** Its name, for errors and logs. */
    String name();

    /**
     * Its value here, or its default.
     *
     * @throws NoSuchElementException if it has neither
     */
    T get();

    /** Its value here, or {@code fallback} if none was set; the default does not count. */
    T getOrDefault(T fallback);

    /** Sets its value for the current task from now on. Closing what is returned takes that back. */
    Binding set(T value);

    /** A value that was set: Python's {@code Token}. */
    interface Binding extends AutoCloseable {
        /**
         * Gives the variable the value it had before, or none. Closing again does nothing.
         *
         * @throws IllegalStateException in another task than the one it was set in
         */
        @Override
        void close();
    }
}

package dev.jawait;

import org.jspecify.annotations.Nullable;

/**
 * How something ended, as a value.
 *
 * @param <T> the type of a result
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /** Whether it is a {@link Success}. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** The value, or the exception thrown as {@link Task#result()} throws it. */
    T get();

    /** The exception of a failure or a cancel, or null. */
    @Nullable
    Throwable exceptionOrNull();

    /** It ended with a value. */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {
        @Override
        public T get() {
            return value;
        }

        @Override
        public @Nullable Throwable exceptionOrNull() {
            return null;
        }
    }

    /** It ended with an exception, kept as it was thrown. */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {
        @Override
        public T get() {
            throw Throw.unchecked(exception);
        }

        @Override
        public Throwable exceptionOrNull() {
            return exception;
        }
    }

    /** It was cancelled. */
    record Cancelled<T extends @Nullable Object>(CancelledException exception) implements Outcome<T> {
        @Override
        public T get() {
            throw exception;
        }

        @Override
        public Throwable exceptionOrNull() {
            return exception;
        }
    }
}

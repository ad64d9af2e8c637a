package dev.jawait;

import org.jspecify.annotations.Nullable;

/** A body with an argument. Like every body it may block, await and throw. */
@FunctionalInterface
public interface AsyncFunction<A extends @Nullable Object, T extends @Nullable Object> {
    /** Runs the body. */
    T apply(A argument) throws Exception;
}

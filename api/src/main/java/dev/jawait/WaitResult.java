package dev.jawait;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Async#waitUntil} found: together the tasks it was given, the same objects, in the order given.
 *
 * @param done those that have ended, in whatever way
 * @param pending those that still run
 */
public record WaitResult<T extends @Nullable Object>(Set<Task<T>> done, Set<Task<T>> pending) {}

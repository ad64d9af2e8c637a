package dev.jawait.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Collects garbage until something has come of it. */
public final class Garbage {
    private Garbage() {}

    /** Until {@code done}, or for {@code millis} at most. */
    public static void collectUntil(BooleanSupplier done, long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(5_000_000);
        }
    }
}

package dev.jawait;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Collects garbage until something has come of it. */
final class Garbage {
    private Garbage() {}

    static void collectUntil(BooleanSupplier done, long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(5_000_000);
        }
    }
}

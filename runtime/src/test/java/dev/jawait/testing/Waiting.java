package dev.jawait.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
public final class Waiting {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Waiting() {}

    /** Waits until {@code condition} holds; fails after 20 seconds. */
    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}

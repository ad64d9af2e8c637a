package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawait.Async;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After the tests of a class no task of the samples runs on. */
public final class NoTaskLeft implements AfterAllCallback {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @Override
    public void afterAll(ExtensionContext context) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Async.allTasks().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Set.of(), Async.allTasks(), "Tasks that are left");
    }
}

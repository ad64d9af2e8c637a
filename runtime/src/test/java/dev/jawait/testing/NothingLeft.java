package dev.jawait.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawait.Async;
import dev.jawait.Task;
import dev.jawait.runtime.tasks.RunnerImpl;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After the tests of a class the shared runtime has neither a live task nor a pending timer. */
public final class NothingLeft implements AfterAllCallback {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    /** Waits a moment for what is just ending, and fails if anything is left. */
    public static void check() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!(tasks().isEmpty() && timers() == 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Set.of(), tasks(), "Tasks that are left");
        assertEquals(0, timers(), "Timers that are left");
    }

    private static Set<Task<?>> tasks() {
        return Async.allTasks();
    }

    private static int timers() {
        return RunnerImpl.Companion.getShared().getLoops().pendingTimers();
    }
}

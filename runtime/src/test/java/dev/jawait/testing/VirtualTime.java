package dev.jawait.testing;

import dev.jawait.Async;
import dev.jawait.AsyncRunnable;
import dev.jawait.Runner;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs on a clock that jumps, so that tests say their times exactly and take none. */
public final class VirtualTime {
    private VirtualTime() {}

    /** {@link Async#run(Callable)} on a clock of its own, which starts at zero. */
    public static <T extends @Nullable Object> T virtually(Callable<? extends T> body) {
        try (Runner runner = Runner.builder().virtualTime().build()) {
            return runner.run(body);
        }
    }

    /** {@link #virtually(Callable)} without a result. */
    public static void virtually(AsyncRunnable body) {
        virtually(() -> {
            body.run();
            return null;
        });
    }

    /** Now, inside of {@link #virtually}. */
    public static long now() {
        return Async.time().toMillis();
    }

    /** A short name for a frequent word. */
    public static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}

package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class DebugTest {
    private static void debugging(AsyncRunnable body) {
        try (Runner runner = Runner.builder().debug().loops(1).build()) {
            runner.run(body);
        }
    }

    /** What is logged by {@code body} and by the collector afterwards, up to {@code expected}. */
    private static String logged(AsyncRunnable body, String expected) {
        return Logged.untilCollected(() -> debugging(body), expected);
    }

    @Test
    void aCoroutineThatWasNeverAwaitedIsLoggedWithItsSite() {
        String log = logged(
                () -> {
                    async("forgotten", () -> {});
                    await(async("awaited", () -> {}));
                    await(createTask(async("started", () -> {})));
                    await(gather(async("gathered", () -> {})).limit(2));
                },
                "Coroutine forgotten was never awaited nor started");
        assertTrue(log.contains("Coroutine forgotten was never awaited nor started"), log);
        assertTrue(log.contains("DebugTest.java"), log);
        for (String used : List.of("awaited", "started", "gathered", "gather")) {
            assertFalse(log.contains("Coroutine " + used + " was"), log);
        }
    }

    @Test
    void anErrorThatNobodyAskedForIsLoggedWithTheSiteOfItsTask() {
        String log = logged(
                () -> waitUntilEnded(createTask("failing", async(() -> {
                    throw new IllegalStateException("boom");
                }))),
                "Task failing failed");
        assertTrue(log.contains("Task failing failed and nobody asked for its exception; created"), log);
        assertTrue(log.contains("DebugTest.java"), log);
    }

    private static void waitUntilEnded(Task<?> task) {
        await(waitUntil(List.of(task)));
    }

    @Test
    void withoutDebugModeNothingIsTracked() {
        String log = Logged.by(() -> {
            run(() -> {
                async("forgotten", () -> {});
            });
            Garbage.collectUntil(() -> false, 300);
        });
        assertFalse(log.contains("forgotten"), log);
    }

    @Test
    void aFutureRefusesToKeepTheTurnOfAConfinedRunner() {
        try (Runner runner = Runner.confined()) {
            runner.run(() -> {
                CompletableFuture<Integer> other = sleep(ms(1), 1).toFuture();
                assertThrows(IllegalStateException.class, other::join);
                assertEquals(1, await(other));
                assertEquals(1, other.join());
            });
        }
    }
}

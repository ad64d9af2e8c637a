package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawait.Coroutine;
import dev.jawait.Runner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    /** What is tested: tries three times, with pauses. */
    static <T> Coroutine<T> patiently(Coroutine<T> attempt) {
        return async(() -> {
            for (Duration pause : PAUSES) {
                try {
                    return await(attempt); // A recipe: each await runs it anew.
                } catch (IllegalStateException error) {
                    await(sleep(pause));
                }
            }
            return await(attempt);
        });
    }

    @Test
    void triesForThreeMinutes() {
        Coroutine<String> failing = async(() -> {
            throw new IllegalStateException("no luck");
        });
        try (Runner runner = Runner.builder().virtualTime().build()) {
            runner.run(() -> {
                assertThrows(IllegalStateException.class, () -> await(patiently(failing)));
                assertEquals(Duration.ofMinutes(3), time());
            });
        }
    }
}

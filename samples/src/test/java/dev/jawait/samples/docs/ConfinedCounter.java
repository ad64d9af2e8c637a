package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import dev.jawait.Coroutine;
import dev.jawait.Runner;
import java.time.Duration;

public final class ConfinedCounter {
    private static int counter;

    static Coroutine<Void> count() {
        return async(() -> {
            for (int i = 0; i < 100; i++) {
                counter++; // No lock: nobody else runs between two awaits.
                await(sleep(Duration.ZERO));
            }
        });
    }

    public static void main(String[] args) {
        try (Runner runner = Runner.confined()) {
            runner.run(() -> await(gather(count(), count(), count())));
        }
        System.out.println(counter);
    }
}

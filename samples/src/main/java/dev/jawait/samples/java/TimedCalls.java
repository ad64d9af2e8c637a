package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.Awaitable;
import dev.jawait.Coroutine;
import java.time.Duration;

/** S22: a wrapper around any coroutine that tells when it starts, with its name and arguments, and how long it took. */
public final class TimedCalls {
    public static void main(String[] args) {
        run(() -> {
            await(timed("delay(2)", delay(2)));
            await(timed("gather(delay(1), delay(3))", gather(delay(1), delay(3))));
        });
    }

    private static Coroutine<Integer> delay(int units) {
        return sleep(Duration.ofMillis(100 * units), units);
    }

    /** {@code Async.timed} does the same, to the log. */
    private static <T> Coroutine<T> timed(String call, Awaitable<T> awaitable) {
        return async(call, () -> {
            System.out.println("S22 " + call + " starts");
            long start = System.nanoTime();
            try {
                return await(awaitable);
            } finally {
                long units = (System.nanoTime() - start) / 100_000_000;
                System.out.println("S22 " + call + " ended after " + units);
            }
        });
    }
}

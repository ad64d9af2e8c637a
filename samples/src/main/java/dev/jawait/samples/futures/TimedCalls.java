package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import dev.jawait.Awaitable;
import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** S22: a wrapper around any coroutine that tells when it starts, with its name and arguments, and how long it took. */
public final class TimedCalls {
    public static void main(String[] args) {
        delay(0).toFuture() // What a JVM does first is not to be timed.
                .thenCompose(warm -> timed("delay(2)", delay(2)))
                .thenCompose(first -> timed("gather(delay(1), delay(3))", gather(delay(1), delay(3))))
                .join();
    }

    private static Coroutine<Integer> delay(int units) {
        return sleep(Duration.ofMillis(100 * units), units);
    }

    /** {@code Async.timed} does the same, to the log. */
    private static <T> CompletableFuture<T> timed(String call, Awaitable<T> awaitable) {
        System.out.println("S22 " + call + " starts");
        long start = System.nanoTime();
        return awaitable.toFuture().whenComplete((result, error) -> {
            long units = (System.nanoTime() - start) / 100_000_000;
            System.out.println("S22 " + call + " ended after " + units);
        });
    }
}

package dev.jawait.samples.futures;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** W2: the future of a gather has nothing before all have ended; {@code asCompleted} hands out each result as it comes. */
public final class SeeTheFirst {
    public static void main(String[] args) {
        List<Coroutine<Integer>> delays = Stream.of(5, 1, 3)
                .map(units -> sleep(Duration.ofMillis(100 * units), units))
                .toList();
        sleep(Duration.ZERO) // What a JVM does first is not to be timed.
                .toFuture()
                .thenCompose(warm -> showAll(delays))
                .thenCompose(shown -> showEach(delays))
                .join();
    }

    private static CompletableFuture<Void> showAll(List<Coroutine<Integer>> delays) {
        long start = System.nanoTime();
        return gather(delays)
                .toFuture()
                .thenAccept(results -> System.out.println("W2 gather: " + results + " at " + unitsSince(start)));
    }

    private static CompletableFuture<Void> showEach(List<Coroutine<Integer>> delays) {
        long start = System.nanoTime();
        return asCompleted(delays)
                .onEach(done -> System.out.println("W2 asCompleted: " + done.result() + " at " + unitsSince(start)))
                .toFuture();
    }

    private static long unitsSince(long start) {
        return (System.nanoTime() - start) / 100_000_000;
    }
}

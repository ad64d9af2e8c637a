package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** S05: has all three futures before it combines them: 3 units of 100 ms for three times 3. */
public final class StartThenAwait {
    public static void main(String[] args) {
        nap(0).thenCompose(warm -> threeNaps()) // What a JVM does first is not to be timed.
                .join();
    }

    private static CompletableFuture<Void> threeNaps() {
        long start = System.nanoTime();
        return CompletableFuture.allOf(nap(300), nap(300), nap(300))
                .thenRun(() ->
                        System.out.println("S05 created, then awaited " + (System.nanoTime() - start) / 100_000_000));
    }

    private static CompletableFuture<Void> nap(int millis) {
        return sleep(Duration.ofMillis(millis)).toFuture();
    }
}

package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** S04: the classic mistake, to start each one when the one before has ended: 9 units of 100 ms for three times 3. */
public final class OneAfterTheOther {
    public static void main(String[] args) {
        nap(0).thenCompose(warm -> threeNaps()) // What a JVM does first is not to be timed.
                .join();
    }

    private static CompletableFuture<Void> threeNaps() {
        long start = System.nanoTime();
        return nap(300).thenCompose(first -> nap(300))
                .thenCompose(second -> nap(300))
                .thenRun(() -> System.out.println("S04 awaited at once " + (System.nanoTime() - start) / 100_000_000));
    }

    private static CompletableFuture<Void> nap(int millis) {
        return sleep(Duration.ofMillis(millis)).toFuture();
    }
}

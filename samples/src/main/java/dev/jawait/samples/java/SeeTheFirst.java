package dev.jawait.samples.java;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.Completed;
import dev.jawait.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** W2: gather shows nothing before all have ended; {@code asCompleted} hands out each result as it comes. */
public final class SeeTheFirst {
    public static void main(String[] args) {
        List<Coroutine<Integer>> delays = Stream.of(5, 1, 3)
                .map(units -> sleep(Duration.ofMillis(100 * units), units))
                .toList();
        run(() -> {
            long start = System.nanoTime();
            List<Integer> results = await(gather(delays));
            System.out.println("W2 gather: " + results + " at " + unitsSince(start));
            long again = System.nanoTime();
            for (Completed<Integer> done : asCompleted(delays)) {
                System.out.println("W2 asCompleted: " + done.result() + " at " + unitsSince(again));
            }
        });
    }

    private static long unitsSince(long start) {
        return (System.nanoTime() - start) / 100_000_000;
    }
}

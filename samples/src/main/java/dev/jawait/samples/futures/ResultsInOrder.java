package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.sleep;

import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** S07: gathers two tasks into one future: results in the order of the arguments, whichever finished first. */
public final class ResultsInOrder {
    public static void main(String[] args) {
        List<String> finished = new CopyOnWriteArrayList<>();
        Task<String> a = sleep(Duration.ofMillis(200), "'a'").start();
        Task<String> b = sleep(Duration.ofMillis(100), "'b'").start();
        CompletableFuture<Void> noted = CompletableFuture.allOf(
                a.toFuture().thenAccept(finished::add), b.toFuture().thenAccept(finished::add));
        gather(a, b)
                .toFuture()
                .thenAcceptBoth(
                        noted,
                        (results, nothing) -> System.out.println("S07 results " + results + " finished " + finished))
                .join();
    }
}

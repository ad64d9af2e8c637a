package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S16: a future for the first that ends, again and again until nothing is pending: each result is handled as it comes. */
public final class UntilNoneIsPending {
    public static void main(String[] args) {
        List<Task<Integer>> tasks = Stream.of(1, 3, 5)
                .map(units -> sleep(Duration.ofMillis(100 * units), units).start())
                .toList();
        handleAll(tasks).join();
    }

    private static CompletableFuture<Void> handleAll(Collection<Task<Integer>> tasks) {
        return waitUntil(ReturnWhen.FIRST_COMPLETED, tasks).toFuture().thenCompose(found -> {
            List<Integer> done = found.done().stream().map(Task::result).toList();
            System.out.println(
                    "S16 done " + done + " pending " + found.pending().size());
            return found.pending().isEmpty() ? CompletableFuture.completedFuture(null) : handleAll(found.pending());
        });
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** S16: waits for the first that ends, again and again until nothing is pending: each result is handled as it comes. */
public final class UntilNoneIsPending {
    public static void main(String[] args) {
        run(() -> {
            Collection<Task<Integer>> pending = Stream.of(1, 3, 5)
                    .map(units -> createTask(sleep(Duration.ofMillis(100 * units), units)))
                    .toList();
            while (!pending.isEmpty()) {
                WaitResult<Integer> found = await(waitUntil(ReturnWhen.FIRST_COMPLETED, pending));
                pending = found.pending();
                List<Integer> done = found.done().stream().map(Task::result).toList();
                System.out.println("S16 done " + done + " pending " + pending.size());
            }
        });
    }
}

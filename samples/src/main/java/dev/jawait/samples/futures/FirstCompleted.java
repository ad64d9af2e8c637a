package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;
import static dev.jawait.Async.waitUntil;

import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** S15: a future that is there when the first of three tasks has ended; the others are pending, and run on. */
public final class FirstCompleted {
    public static void main(String[] args) {
        List<Task<Integer>> tasks = Stream.of(1, 3, 5)
                .map(units -> sleep(Duration.ofMillis(100 * units), units).start())
                .toList();
        waitUntil(ReturnWhen.FIRST_COMPLETED, tasks)
                .toFuture()
                .thenCompose(found -> {
                    List<Integer> done = found.done().stream().map(Task::result).toList();
                    System.out.println(
                            "S15 done " + done + " pending " + found.pending().size());
                    return waitUntil(found.pending()).toFuture();
                })
                .join();
    }
}

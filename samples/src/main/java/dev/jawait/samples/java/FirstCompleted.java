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
import java.util.List;
import java.util.stream.Stream;

/** S15: waits until the first of three tasks has ended; the others are pending, and run on. */
public final class FirstCompleted {
    public static void main(String[] args) {
        run(() -> {
            List<Task<Integer>> tasks = Stream.of(1, 3, 5)
                    .map(units -> createTask(sleep(Duration.ofMillis(100 * units), units)))
                    .toList();
            WaitResult<Integer> found = await(waitUntil(ReturnWhen.FIRST_COMPLETED, tasks));
            List<Integer> done = found.done().stream().map(Task::result).toList();
            System.out.println(
                    "S15 done " + done + " pending " + found.pending().size());
            await(waitUntil(found.pending()));
        });
    }
}

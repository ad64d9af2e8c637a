package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** S05: creates all three tasks before it awaits the first one: 3 units of 100 ms for three times 3. */
public final class StartThenAwait {
    public static void main(String[] args) {
        run(() -> {
            long start = System.nanoTime();
            List<Task<Void>> tasks = Stream.of(300, 300, 300)
                    .map(millis -> createTask(sleep(Duration.ofMillis(millis))))
                    .toList();
            for (Task<Void> task : tasks) {
                await(task);
            }
            System.out.println("S05 created, then awaited " + (System.nanoTime() - start) / 100_000_000);
        });
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;

import dev.jawait.AsCompleted;
import dev.jawait.Completed;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** W4: what is late runs on after a time-out, and who kept no tasks cannot stop it; {@code cancelPending} can. */
public final class StopTheLate {
    public static void main(String[] args) {
        List<Coroutine<Integer>> delays = Stream.of(1, 4, 5)
                .map(units -> sleep(Duration.ofMillis(100 * units), units))
                .toList();
        run(() -> {
            AsCompleted<Integer> arrivals = asCompleted(delays).timeout(Duration.ofMillis(200));
            for (Completed<Integer> done : arrivals) {
                System.out.println("W4 " + (done.outcome().isSuccess() ? done.result() : "timeout"));
            }
            List<Task<Integer>> late = arrivals.pending();
            System.out.println("W4 after the time-out: " + late.size() + " run on");
            await(arrivals.cancelPending());
            System.out.println("W4 after cancelPending: " + arrivals.pending().size() + " run on, "
                    + late.stream().filter(Task::isCancelled).count() + " are cancelled");
        });
    }
}

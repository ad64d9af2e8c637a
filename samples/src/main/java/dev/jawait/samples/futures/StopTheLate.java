package dev.jawait.samples.futures;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.sleep;

import dev.jawait.AsCompleted;
import dev.jawait.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** W4: what is late runs on after a time-out, and who kept no tasks cannot stop it; {@code cancelPending} can. */
public final class StopTheLate {
    public static void main(String[] args) {
        AsCompleted<Integer> arrivals = asCompleted(Stream.of(1, 4, 5)
                        .map(units -> sleep(Duration.ofMillis(100 * units), units))
                        .toList())
                .timeout(Duration.ofMillis(200));
        arrivals.onEach(done -> System.out.println("W4 " + (done.outcome().isSuccess() ? done.result() : "timeout")))
                .toFuture()
                .thenCompose(timedOut -> stopTheLate(arrivals))
                .join();
    }

    private static CompletableFuture<Void> stopTheLate(AsCompleted<Integer> arrivals) {
        List<Task<Integer>> late = arrivals.pending();
        System.out.println("W4 after the time-out: " + late.size() + " run on");
        return arrivals.cancelPending()
                .toFuture()
                .thenRun(() -> System.out.println(
                        "W4 after cancelPending: " + arrivals.pending().size() + " run on, "
                                + late.stream().filter(Task::isCancelled).count() + " are cancelled"));
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.AsCompleted;
import dev.jawait.Completed;
import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** S11: handles answers as they arrive, for 2 units of 100 ms; then each of the rest is a time-out, and runs on. */
public final class ArriveInTime {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                long start = System.nanoTime();
                List<Task<Integer>> tasks = Stream.of(1, 4, 5)
                        .map(units -> session.get(server.url("/slow?units=" + units)))
                        .map(request -> createTask(request.use(ClientResponse::status)))
                        .toList();
                AsCompleted<Integer> arrivals = asCompleted(tasks).timeout(Duration.ofMillis(200));
                for (Completed<Integer> done : arrivals) {
                    String result = done.outcome().isSuccess() ? done.result().toString() : "timeout";
                    long units = (System.nanoTime() - start) / 100_000_000;
                    System.out.println("S11 " + result + " at " + units);
                }
                System.out.println("S11 still running " + arrivals.pending().size());
                System.out.println("S11 in the end " + await(gather(tasks)));
            });
        }
    }
}

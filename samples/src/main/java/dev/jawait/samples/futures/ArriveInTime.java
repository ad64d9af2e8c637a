package dev.jawait.samples.futures;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.gather;

import dev.jawait.AsCompleted;
import dev.jawait.Completed;
import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S11: a callback for each answer, for 2 units of 100 ms; then each of the rest is a time-out, and runs on. */
public final class ArriveInTime {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> printEach(server, session))
                    .thenAccept(statuses -> System.out.println("S11 in the end " + statuses))
                    .join();
        }
    }

    private static CompletableFuture<List<Integer>> printEach(SampleServer server, ClientSession session) {
        long start = System.nanoTime();
        List<Task<Integer>> tasks = Stream.of(1, 4, 5)
                .map(units -> session.get(server.url("/slow?units=" + units)))
                .map(request -> request.use(ClientResponse::status).start())
                .toList();
        AsCompleted<Integer> arrivals = asCompleted(tasks).timeout(Duration.ofMillis(200));
        return arrivals.onEach(done -> print(done, start)).toFuture().thenCompose(nothing -> {
            System.out.println("S11 still running " + arrivals.pending().size());
            return gather(tasks).toFuture();
        });
    }

    private static void print(Completed<Integer> done, long start) {
        String result = done.outcome().isSuccess() ? done.result().toString() : "timeout";
        System.out.println("S11 " + result + " at " + (System.nanoTime() - start) / 100_000_000);
    }
}

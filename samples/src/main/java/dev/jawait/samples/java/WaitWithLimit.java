package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Task;
import dev.jawait.WaitResult;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** S17: waits for three requests, for 2 units of 100 ms at most: nothing is thrown, and the late one runs on. */
public final class WaitWithLimit {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.create()) {
                    await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                    long start = System.nanoTime();
                    List<Task<Integer>> tasks = Stream.of(0, 0, 5)
                            .map(units -> session.get(server.url("/slow?units=" + units)))
                            .map(request -> createTask(request.use(ClientResponse::status)))
                            .toList();
                    WaitResult<Integer> found = await(waitUntil(tasks).timeout(Duration.ofMillis(200)));
                    long units = (System.nanoTime() - start) / 100_000_000;
                    System.out.println("S17 done " + found.done().size() + " pending "
                            + found.pending().size() + " at " + units + " cancelled "
                            + found.pending().stream()
                                    .map(task -> task.isCancelled() ? "True" : "False")
                                    .toList());
                    WaitResult<Integer> ended = await(waitUntil(found.pending()));
                    System.out.println("S17 pending ended with "
                            + ended.done().stream().map(Task::result).toList());
                }
            });
        }
    }
}

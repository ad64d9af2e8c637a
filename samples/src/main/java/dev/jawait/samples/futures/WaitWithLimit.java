package dev.jawait.samples.futures;

import static dev.jawait.Async.waitUntil;

import dev.jawait.Task;
import dev.jawait.WaitResult;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S17: a future that is there after 2 units of 100 ms at the latest, without an error; the late request runs on. */
public final class WaitWithLimit {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> waitAWhile(server, session))
                    .thenAccept(ended -> System.out.println("S17 pending ended with "
                            + ended.done().stream().map(Task::result).toList()))
                    .join();
        }
    }

    private static CompletableFuture<WaitResult<Integer>> waitAWhile(SampleServer server, ClientSession session) {
        long start = System.nanoTime();
        List<Task<Integer>> tasks = Stream.of(0, 0, 5)
                .map(units -> session.get(server.url("/slow?units=" + units)))
                .map(request -> request.use(ClientResponse::status).start())
                .toList();
        return waitUntil(tasks).timeout(Duration.ofMillis(200)).toFuture().thenCompose(found -> {
            print(found, (System.nanoTime() - start) / 100_000_000);
            return waitUntil(found.pending()).toFuture();
        });
    }

    private static void print(WaitResult<Integer> found, long units) {
        List<String> cancelled = found.pending().stream()
                .map(task -> task.isCancelled() ? "True" : "False")
                .toList();
        System.out.println("S17 done " + found.done().size() + " pending "
                + found.pending().size() + " at " + units + " cancelled " + cancelled);
    }
}

package dev.jawait.samples.futures;

import static dev.jawait.Async.waitUntil;

import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S14: a future that is there when the first of three requests has failed; then the other two are cancelled. */
public final class FirstException {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> firstException(server, session))
                    .thenAccept(ended -> System.out.println("S14 cancelled "
                            + ended.done().stream()
                                    .map(task -> task.isCancelled() ? "True" : "False")
                                    .toList()))
                    .join();
        }
    }

    private static CompletableFuture<WaitResult<Integer>> firstException(SampleServer server, ClientSession session) {
        long start = System.nanoTime();
        List<Task<Integer>> tasks = Stream.of(
                        "gopher://nowhere", server.url("/slow?units=3"), server.url("/slow?units=3"))
                .map(url -> session.get(url).use(ClientResponse::status).start())
                .toList();
        return waitUntil(ReturnWhen.FIRST_EXCEPTION, tasks).toFuture().thenCompose(found -> {
            long units = (System.nanoTime() - start) / 100_000_000;
            System.out.println("S14 done " + found.done().size() + " pending "
                    + found.pending().size() + " at " + units);
            found.pending().forEach(Task::cancel);
            return waitUntil(found.pending()).toFuture();
        });
    }
}

package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** S08: the future of a gather fails with the first error at once, here that of a bad URL; the other request goes on. */
public final class FirstErrorThrown {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> oneBad(session, server))
                    .thenAccept(finished -> System.out.println("S08 the other one went on " + finished))
                    .join();
        }
    }

    private static CompletableFuture<List<Integer>> oneBad(ClientSession session, SampleServer server) {
        long start = System.nanoTime();
        Task<Integer> good = session.get(server.url("/slow?units=2"))
                .use(ClientResponse::status)
                .start();
        CompletableFuture<List<Integer>> finished = good.toFuture().thenApply(List::of);
        return gather(good, session.get("gopher://nowhere").use(ClientResponse::status))
                .toFuture()
                .exceptionally(error -> {
                    long units = (System.nanoTime() - start) / 100_000_000;
                    System.out.println(
                            "S08 raised client error after " + units + " finished " + finished.getNow(List.of()));
                    return null;
                })
                .thenCompose(failed -> finished);
    }
}

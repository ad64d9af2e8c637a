package dev.jawait.samples.futures;

import static dev.jawait.Async.asCompleted;

import dev.jawait.Completed;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** S10: a callback for each of three answers, which take 1, 1 and 5 units of 100 ms, as soon as it is there. */
public final class AsTheyArrive {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> printEach(server, session))
                    .join();
        }
    }

    private static CompletableFuture<Void> printEach(SampleServer server, ClientSession session) {
        List<Coroutine<Integer>> requests = Stream.of(1, 1, 5)
                .map(units -> session.get(server.url("/slow?units=" + units)).use(ClientResponse::status))
                .toList();
        long start = System.nanoTime();
        return asCompleted(requests).onEach(done -> print(done, start)).toFuture();
    }

    private static void print(Completed<Integer> done, long start) {
        System.out.println("S10 " + done.result() + " at " + (System.nanoTime() - start) / 100_000_000);
    }
}

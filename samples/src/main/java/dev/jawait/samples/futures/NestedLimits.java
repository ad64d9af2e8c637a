package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.withTimeout;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** S21: a gateway has 10 units of 100 ms, its service 3, a critical call 2, an optional one 1: the tightest limit wins. */
public final class NestedLimits {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> gateway(session, server, "0.2", "0.2"))
                    .thenCompose(done -> gateway(session, server, "0.2", "5"))
                    .thenCompose(done -> gateway(session, server, "5", "0.2"))
                    .join();
        }
    }

    private static CompletableFuture<Void> gateway(ClientSession session, SampleServer server, String b, String c) {
        long start = System.nanoTime();
        Task<String> critical = call(session, server.url("/slow?units=" + b), 2);
        Task<String> optional = call(session, server.url("/slow?units=" + c), 1);
        Coroutine<?> service =
                gather(critical, gather(optional).returnExceptions()).cancelOnFailure();
        return withTimeout(units(10), withTimeout(units(3), service)).toFuture().handle((done, error) -> {
            String answers = error != null
                    ? "timeout at " + (System.nanoTime() - start) / 100_000_000
                    : "(" + critical.result() + ", " + (optional.outcome().isSuccess() ? optional.result() : "None")
                            + ")";
            System.out.println("S21 B " + b + " C " + c + " -> " + answers);
            return null;
        });
    }

    private static Task<String> call(ClientSession session, String url, int limit) {
        return session.get(url)
                .timeout(units(limit))
                .use(response -> "" + response.status())
                .start();
    }

    private static Duration units(int units) {
        return Duration.ofMillis(100 * units);
    }
}

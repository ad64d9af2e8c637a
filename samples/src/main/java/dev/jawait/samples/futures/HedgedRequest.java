package dev.jawait.samples.futures;

import static dev.jawait.Async.hedge;

import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** A future of the first good answer: a second replica is asked where the first takes over 100 ms, or has failed. */
public final class HedgedRequest {
    /** About what 95 of 100 answers take: then few requests are sent twice. */
    private static final Duration DELAY = Duration.ofMillis(100);

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(server.url("/"))
                .raiseForStatus(true)
                .build();
        String broken = "slow?body=first&status=503";
        ask(session, "slow?body=first&units=30", "slow?body=second")
                .thenAccept(answer -> System.out.println("first is slow: " + answer))
                .thenCompose(printed -> ask(session, broken, "slow?body=second"))
                .thenAccept(answer -> System.out.println("first fails: " + answer))
                .thenCompose(printed -> ask(session, broken, "slow?status=500"))
                .exceptionally(HedgedRequest::bothFailed)
                .thenAccept(answer -> System.out.println("both fail: " + answer))
                .whenComplete((nothing, error) -> {
                    session.close();
                    server.close();
                })
                .join();
    }

    /** The one that is not needed is cancelled, and its connection closed; so are both with the future. */
    private static CompletableFuture<String> ask(ClientSession session, String... replicas) {
        return hedge(
                        DELAY,
                        Stream.of(replicas)
                                .map(url -> session.get(url)
                                        .timeout(Duration.ofSeconds(5))
                                        .text())
                                .toList())
                .toFuture();
    }

    private static String bothFailed(Throwable error) {
        if (error.getCause() instanceof ClientResponseException first) {
            return first.status() + " and " + first.getSuppressed().length + " more";
        }
        throw new CompletionException(error);
    }
}

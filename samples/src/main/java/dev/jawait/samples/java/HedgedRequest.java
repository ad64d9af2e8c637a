package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.hedge;
import static dev.jawait.Async.run;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.stream.Stream;

/** Asks a second replica where the first has not answered after 100 ms, or has failed; the first good answer counts. */
public final class HedgedRequest {
    /** About what 95 of 100 answers take: then few requests are sent twice. */
    private static final Duration DELAY = Duration.ofMillis(100);

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.builder()
                        .baseUrl(server.url("/"))
                        .raiseForStatus(true)
                        .build()) {
                    String slow = "slow?body=first&units=30";
                    System.out.println("first is slow: " + await(ask(session, slow, "slow?body=second")));
                    String broken = "slow?body=first&status=503";
                    System.out.println("first fails: " + await(ask(session, broken, "slow?body=second")));
                    System.out.println("both fail: " + await(ask(session, broken, "slow?status=500")));
                } catch (ClientResponseException error) {
                    System.out.println(
                            "both fail: " + error.status() + " and " + error.getSuppressed().length + " more");
                }
            });
        }
    }

    /** The one that is not needed is cancelled, and its connection closed. Only for what may be asked twice. */
    private static Coroutine<String> ask(ClientSession session, String... replicas) {
        return hedge(
                DELAY,
                Stream.of(replicas)
                        .map(url ->
                                session.get(url).timeout(Duration.ofSeconds(5)).text())
                        .toList());
    }
}

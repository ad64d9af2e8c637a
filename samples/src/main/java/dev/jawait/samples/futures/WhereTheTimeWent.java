package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.withTimeout;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.Connector;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** W6: a bare time limit says nothing of where the time went; a session's names the phase, the limit and the URL. */
public final class WhereTheTimeWent {
    public static void main(String[] args) {
        ClientTimeout pool =
                ClientTimeout.builder().pool(Duration.ofMillis(100)).build();
        try (SampleServer server = new SampleServer();
                Connector one = Connector.builder().limit(1).build();
                ClientSession session = ClientSession.builder().connector(one).build()) {
            ClientRequest request = session.get(server.url("/slow?units=5"));
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> tell(withTimeout(Duration.ofMillis(200), request.text())))
                    .thenCompose(
                            told -> tell(request.timeout(Duration.ofMillis(200)).text()))
                    .thenCompose(told -> tell(gather(
                                    session.get(server.url("/slow?units=3"))
                                            .timeout(pool)
                                            .text(),
                                    session.get(server.url("/slow?units=3"))
                                            .timeout(pool)
                                            .text())
                            .cancelOnFailure()))
                    .join();
        }
    }

    private static CompletableFuture<Void> tell(Coroutine<?> work) {
        return work.toFuture().handle((done, error) -> {
            if (error instanceof ClientTimeoutException late) {
                long units = late.elapsed().toMillis() / 100;
                System.out.println("W6 session: " + late.phase() + ", limit " + late.limitName() + " of "
                        + late.limit().toMillis() + " ms, after " + units + ", " + late.method() + " "
                        + late.url().getPath());
            } else {
                System.out.println("W6 withTimeout: " + error.getMessage());
            }
            return null;
        });
    }
}

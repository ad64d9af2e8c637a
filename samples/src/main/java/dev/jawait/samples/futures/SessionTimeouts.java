package dev.jawait.samples.futures;

import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** S03: the time limits of a session, and those of a request in their place; the future of a request that is late fails. */
public final class SessionTimeouts {
    public static void main(String[] args) {
        ClientTimeout limits =
                ClientTimeout.builder().total(units(10)).connect(units(1)).build();
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.builder().timeout(limits).build()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .timeout(ClientTimeout.NONE)
                    .text()
                    .toFuture()
                    .thenCompose(warm -> session.get(server.url("/slow?units=3"))
                            .use(ClientResponse::status)
                            .toFuture())
                    .thenAccept(status -> System.out.println("S03 session limit holds " + status))
                    .thenCompose(done -> tryOut(
                            "request limit",
                            session.get(server.url("/slow?units=5")).timeout(units(1))))
                    .thenCompose(done -> tryOut("session limit", session.get(server.url("/slow?units=20"))))
                    .join();
        }
    }

    private static CompletableFuture<Void> tryOut(String name, ClientRequest request) {
        return request.text().toFuture().handle((text, error) -> {
            long units = ((ClientTimeoutException) error).elapsed().toMillis() / 100;
            System.out.println("S03 " + name + " timeout after " + units);
            return null;
        });
    }

    private static Duration units(int units) {
        return Duration.ofMillis(100 * units);
    }
}

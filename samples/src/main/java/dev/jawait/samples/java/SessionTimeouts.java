package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;

/** S03: the time limits of a session, and those of a request in their place; a time-out is an exception. */
public final class SessionTimeouts {
    public static void main(String[] args) {
        ClientTimeout limits =
                ClientTimeout.builder().total(units(10)).connect(units(1)).build();
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.builder().timeout(limits).build()) {
            run(() -> {
                // The first request of a JVM is not one to time.
                await(session.get(server.url("/slow"))
                        .timeout(ClientTimeout.NONE)
                        .text());
                int status = await(session.get(server.url("/slow?units=3")).use(ClientResponse::status));
                System.out.println("S03 session limit holds " + status);
                tryOut("request limit", session.get(server.url("/slow?units=5")).timeout(units(1)));
                tryOut("session limit", session.get(server.url("/slow?units=20")));
            });
        }
    }

    private static void tryOut(String name, ClientRequest request) {
        try {
            await(request.text());
        } catch (ClientTimeoutException error) {
            long units = error.elapsed().toMillis() / 100;
            System.out.println("S03 " + name + " timeout after " + units);
        }
    }

    private static Duration units(int units) {
        return Duration.ofMillis(100 * units);
    }
}

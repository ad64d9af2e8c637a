package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.Connector;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;

/** W6: a bare time limit says nothing of where the time went; a session's names the phase, the limit and the URL. */
public final class WhereTheTimeWent {
    public static void main(String[] args) {
        ClientTimeout pool =
                ClientTimeout.builder().pool(Duration.ofMillis(100)).build();
        try (SampleServer server = new SampleServer();
                Connector one = Connector.builder().limit(1).build();
                ClientSession session = ClientSession.builder().connector(one).build()) {
            run(() -> {
                await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                ClientRequest request = session.get(server.url("/slow?units=5"));
                tell(withTimeout(Duration.ofMillis(200), request.text()));
                tell(request.timeout(Duration.ofMillis(200)).text());
                tell(gather(
                                session.get(server.url("/slow?units=3"))
                                        .timeout(pool)
                                        .text(),
                                session.get(server.url("/slow?units=3"))
                                        .timeout(pool)
                                        .text())
                        .cancelOnFailure());
            });
        }
    }

    private static void tell(Coroutine<?> work) {
        try {
            await(work);
        } catch (ClientTimeoutException late) {
            long units = late.elapsed().toMillis() / 100;
            System.out.println("W6 session: " + late.phase() + ", limit " + late.limitName() + " of "
                    + late.limit().toMillis() + " ms, after " + units + ", " + late.method() + " "
                    + late.url().getPath());
        } catch (AsyncTimeoutException late) {
            System.out.println("W6 withTimeout: " + late.getMessage());
        }
    }
}

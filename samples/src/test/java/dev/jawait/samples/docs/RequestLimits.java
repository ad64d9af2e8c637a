package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import java.time.Duration;

public final class RequestLimits {
    public static void main(String[] args) {
        ClientTimeout limits = ClientTimeout.builder()
                .total(Duration.ofMinutes(1)) // redirects, retries and the body included
                .connect(Duration.ofSeconds(10))
                .firstByte(Duration.ofMillis(500)) // how long the server may think
                .build();
        run(() -> {
            try (ClientSession session = ClientSession.builder().timeout(limits).build()) {
                await(session.get(args[0]).text());
            } catch (ClientTimeoutException error) {
                System.out.println(error.limitName() + " passed in phase " + error.phase());
            }
        });
    }
}

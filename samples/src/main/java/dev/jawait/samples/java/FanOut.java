package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;

/** Asks three services at once, for 1.5 seconds at most; the answer may lack the reviews, but not the name and the price. */
public final class FanOut {
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.builder()
                        .baseUrl(server.url("/"))
                        .raiseForStatus(true)
                        .build()) {
                    System.out.println(page(session, "slow?body=7", "slow?body=good"));
                    System.out.println(page(session, "slow?body=7", "slow?body=good&units=30"));
                    System.out.println(page(session, "slow?status=503", "slow?body=good"));
                } catch (ClientResponseException error) {
                    System.out.println("no page, since the price answers " + error.status());
                }
            });
        }
    }

    /** The first error of what is needed ends the others. */
    private static String page(ClientSession session, String price, String reviews) {
        return String.join(
                ", ",
                await(gather(
                                ask(session, "slow?body=tea"),
                                ask(session, price),
                                optional(ask(session, reviews), "no reviews"))
                        .cancelOnFailure()));
    }

    private static Coroutine<String> ask(ClientSession session, String url) {
        return session.get(url).timeout(DEADLINE).text();
    }

    /** A service that is late or in trouble is done without; a cancel or a fault of ours still counts. */
    private static Coroutine<String> optional(Coroutine<String> request, String otherwise) {
        return async(() -> {
            try {
                return await(request);
            } catch (AsyncTimeoutException | ClientException error) {
                return otherwise;
            }
        });
    }
}

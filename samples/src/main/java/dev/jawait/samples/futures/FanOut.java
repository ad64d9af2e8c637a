package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A future of the answers of three services within 1.5 seconds; it may lack the reviews, but not the name and the price. */
public final class FanOut {
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(server.url("/"))
                .raiseForStatus(true)
                .build();
        page(session, "slow?body=7", "slow?body=good")
                .thenAccept(System.out::println)
                .thenCompose(printed -> page(session, "slow?body=7", "slow?body=good&units=30"))
                .thenAccept(System.out::println)
                .thenCompose(printed -> page(session, "slow?status=503", "slow?body=good"))
                .exceptionally(FanOut::noPage)
                .thenAccept(System.out::println)
                .whenComplete((printed, error) -> {
                    session.close();
                    server.close();
                })
                .join();
    }

    private static CompletableFuture<String> page(ClientSession session, String price, String reviews) {
        CompletableFuture<List<String>> needed = gather(ask(session, "slow?body=tea"), ask(session, price))
                .cancelOnFailure()
                .toFuture();
        CompletableFuture<String> optional = ask(session, reviews).toFuture();
        CompletableFuture<String> page = needed.thenCombine(
                optional.exceptionally(FanOut::noReviews), (both, third) -> String.join(", ", both) + ", " + third);
        page.whenComplete((text, error) -> needed.cancel(true)); // Who cancels the page cancels the requests.
        needed.whenComplete((both, error) -> {
            if (error != null) {
                optional.cancel(true);
            }
        });
        return page;
    }

    private static Coroutine<String> ask(ClientSession session, String url) {
        return session.get(url).timeout(DEADLINE).text();
    }

    private static String noReviews(Throwable error) {
        if (error instanceof AsyncTimeoutException || error instanceof ClientException) {
            return "no reviews";
        }
        throw new CompletionException(error);
    }

    private static String noPage(Throwable error) {
        if (error.getCause() instanceof ClientResponseException response) {
            return "no page, since the price answers " + response.status();
        }
        throw new CompletionException(error);
    }
}

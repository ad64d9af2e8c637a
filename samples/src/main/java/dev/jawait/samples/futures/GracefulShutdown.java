package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;
import static dev.jawait.Async.startEagerly;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One session for a whole service; when that is told to stop, it takes no more, and a future waits for what runs. */
public final class GracefulShutdown {
    private static final Duration GRACE = Duration.ofSeconds(8);

    private record Prices(ClientSession session) {
        static Prices at(String url) {
            return new Prices(
                    ClientSession.builder().baseUrl(url).raiseForStatus(true).build());
        }

        Coroutine<String> of(String item) {
            return session.get("slow?units=2")
                    .param("body", item + " costs 7")
                    .timeout(Duration.ofSeconds(5))
                    .text();
        }

        /** A shutdown hook, or the framework's own end, calls this and joins. */
        CompletableFuture<Boolean> stop() {
            return startEagerly(session.closeGracefully(GRACE)).toFuture();
        }
    }

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        Prices prices = Prices.at(server.url("/"));
        CompletableFuture<String> running = startEagerly(prices.of("tea")).toFuture();
        CompletableFuture<Boolean> closing = prices.stop();
        gather(prices.of("milk"))
                .returnExceptions()
                .toFuture()
                .thenAccept(late -> System.out.println(
                        "a new request is refused: " + !late.get(0).isSuccess()))
                .thenCompose(refused -> running)
                .thenAccept(answer -> System.out.println("what ran: " + answer))
                .thenCompose(answered -> closing)
                .thenAccept(all -> System.out.println("all ended by themselves: " + all))
                .whenComplete((nothing, error) -> server.close())
                .thenRun(() -> System.out.println("stopped"))
                .join();
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.startEagerly;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Outcome;
import dev.jawait.Task;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;

/** One session for a whole service; when that is told to stop, by Ctrl-C or SIGTERM, it takes no more and ends what runs. */
public final class GracefulShutdown {
    /** Less than the 10 seconds that a JVM that ends waits for its runs. */
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
    }

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> serve(Prices.at(server.url("/"))));
        } catch (CancelledException stop) {
            System.out.println("stopped");
        }
    }

    private static void serve(Prices prices) {
        Task<String> running = startEagerly(prices.of("tea"));
        try {
            currentTask().cancel(); // What Ctrl-C does; a real service is told from outside.
            await(sleep(Duration.ofDays(365)));
        } finally {
            Task<Boolean> closing = startEagerly(prices.session().closeGracefully(GRACE));
            Outcome<String> late =
                    await(gather(prices.of("milk")).returnExceptions()).get(0);
            System.out.println("a new request is refused: " + !late.isSuccess());
            System.out.println("what ran: " + await(running));
            System.out.println("all ended by themselves: " + await(closing));
        }
    }
}

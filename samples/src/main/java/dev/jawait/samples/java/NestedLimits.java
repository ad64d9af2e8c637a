package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;

/** S21: a gateway has 10 units of 100 ms, its service 3, a critical call 2, an optional one 1: the tightest limit wins. */
public final class NestedLimits {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                for (String[] times : new String[][] {{"0.2", "0.2"}, {"0.2", "5"}, {"5", "0.2"}}) {
                    String b = server.url("/slow?units=" + times[0]);
                    String c = server.url("/slow?units=" + times[1]);
                    String answer = gateway(call(session, b, 2), call(session, c, 1));
                    System.out.println("S21 B " + times[0] + " C " + times[1] + " -> " + answer);
                }
            });
        }
    }

    private static String gateway(Coroutine<String> critical, Coroutine<String> optional) {
        long start = System.nanoTime();
        try {
            return await(withTimeout(units(10), withTimeout(units(3), () -> service(critical, optional))));
        } catch (AsyncTimeoutException error) {
            return "timeout at " + (System.nanoTime() - start) / 100_000_000;
        }
    }

    private static String service(Coroutine<String> critical, Coroutine<String> optional) {
        Coroutine<String> orNone = async(() -> {
            try {
                return await(optional);
            } catch (AsyncTimeoutException late) {
                return "None";
            }
        });
        List<String> answers = await(gather(critical, orNone).cancelOnFailure());
        return "(" + String.join(", ", answers) + ")";
    }

    private static Coroutine<String> call(ClientSession session, String url, int limit) {
        return session.get(url).timeout(units(limit)).use(response -> "" + response.status());
    }

    private static Duration units(int units) {
        return Duration.ofMillis(100 * units);
    }
}

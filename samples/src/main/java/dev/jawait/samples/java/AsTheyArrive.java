package dev.jawait.samples.java;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.Completed;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.stream.Stream;

/** S10: handles each of three answers, which take 1, 1 and 5 units of 100 ms, as soon as it is there. */
public final class AsTheyArrive {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer()) {
            run(() -> {
                try (ClientSession session = ClientSession.create()) {
                    await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                    List<Coroutine<Integer>> requests = Stream.of(1, 1, 5)
                            .map(units -> session.get(server.url("/slow?units=" + units))
                                    .use(ClientResponse::status))
                            .toList();
                    long start = System.nanoTime();
                    for (Completed<Integer> done : asCompleted(requests)) {
                        System.out.println("S10 " + done.result() + " at " + unitsSince(start));
                    }
                }
            });
        }
    }

    private static long unitsSince(long start) {
        return (System.nanoTime() - start) / 100_000_000;
    }
}

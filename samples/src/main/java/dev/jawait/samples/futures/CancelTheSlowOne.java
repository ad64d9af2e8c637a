package dev.jawait.samples.futures;

import static dev.jawait.Async.waitUntil;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.List;

/** S18: of two APIs one is slow, and is found among the pending tasks and cancelled; this is why a wait takes tasks alone. */
public final class CancelTheSlowOne {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            Coroutine<Integer> answer = session.get(server.url("/slow")).use(ClientResponse::status);
            Task<Integer> apiA = answer.start();
            Task<Integer> apiB = session.get(server.url("/slow?units=5"))
                    .use(ClientResponse::status)
                    .start();
            apiA.toFuture()
                    .thenCompose(first -> waitUntil(List.of(apiA, apiB))
                            .timeout(Duration.ofMillis(100))
                            .toFuture())
                    .thenCompose(found -> {
                        if (found.pending().contains(apiB)) {
                            System.out.println("S18 API B too slow, cancelling");
                            apiB.cancel();
                        }
                        return waitUntil(List.of(apiB)).toFuture();
                    })
                    .thenRun(() -> System.out.println(
                            "S18 A " + apiA.result() + " B cancelled " + (apiB.isCancelled() ? "True" : "False")))
                    .thenCompose(done -> waitUntil(disguised(answer)).toFuture())
                    .exceptionally(error -> {
                        System.out.println("S18 wait refuses a coroutine");
                        return null;
                    })
                    .join();
        }
    }

    /** {@code waitUntil(List.of(coroutine))} does not compile; this is what it takes to get one past the compiler. */
    @SuppressWarnings("unchecked")
    private static List<Task<Integer>> disguised(Coroutine<Integer> coroutine) {
        return (List<Task<Integer>>) (List<?>) List.of(coroutine);
    }
}

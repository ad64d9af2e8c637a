package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.WaitResult;
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
            run(() -> {
                Coroutine<Integer> answer = session.get(server.url("/slow")).use(ClientResponse::status);
                Task<Integer> apiA = createTask(answer);
                Task<Integer> apiB =
                        createTask(session.get(server.url("/slow?units=5")).use(ClientResponse::status));
                await(apiA);
                WaitResult<Integer> found = await(waitUntil(List.of(apiA, apiB)).timeout(Duration.ofMillis(100)));
                if (found.pending().contains(apiB)) {
                    System.out.println("S18 API B too slow, cancelling");
                    apiB.cancel();
                }
                await(waitUntil(List.of(apiB)));
                String cancelled = apiB.isCancelled() ? "True" : "False";
                System.out.println("S18 A " + apiA.result() + " B cancelled " + cancelled);
                try {
                    await(waitUntil(disguised(answer)));
                } catch (IllegalArgumentException error) {
                    System.out.println("S18 wait refuses a coroutine");
                }
            });
        }
    }

    /** {@code waitUntil(List.of(coroutine))} does not compile; this is what it takes to get one past the compiler. */
    @SuppressWarnings("unchecked")
    private static List<Task<Integer>> disguised(Coroutine<Integer> coroutine) {
        return (List<Task<Integer>>) (List<?>) List.of(coroutine);
    }
}

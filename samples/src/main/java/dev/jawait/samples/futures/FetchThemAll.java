package dev.jawait.samples.futures;

import static dev.jawait.Async.taskGroup;

import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** S23: fetches 300 URLs at once, with limits, and cancels the rest when one answer shows that they cannot work. */
public final class FetchThemAll {
    private static final Duration TOO_LONG = Duration.ofSeconds(10);

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                Connector connector = Connector.builder().limit(50).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            List<String> urls = new ArrayList<>(Collections.nCopies(300, server.url("/slow?units=1")));
            urls.set(7, server.url("/slow?status=404"));
            fetchAll(session, urls)
                    .thenRun(() -> urls.set(20, server.url("/slow?status=401")))
                    .thenCompose(changed -> fetchAll(session, urls))
                    .join();
        }
    }

    private static CompletableFuture<Void> fetchAll(ClientSession session, List<String> urls) {
        List<Task<Integer>> tasks = new ArrayList<>();
        Coroutine<Boolean> all = taskGroup(group -> {
            urls.forEach(url -> tasks.add(
                    group.createTask(session.get(url).timeout(TOO_LONG).use(FetchThemAll::check))));
            return true;
        });
        return all.toFuture().handle((done, error) -> {
            System.out.println(
                    error == null
                            ? "S23 " + tasks.size() + " answered, " + count(tasks, 404) + " missing"
                            : "S23 " + error.getCause().getMessage() + ": fewer than half answered: "
                                    + (count(tasks, 200) < urls.size() / 2) + ", the rest is cancelled");
            return null;
        });
    }

    private static long count(List<Task<Integer>> tasks, int status) {
        return tasks.stream()
                .filter(task -> task.outcome().isSuccess() && task.result() == status)
                .count();
    }

    /** That one page is missing says nothing of the others; that there is no access does. */
    private static int check(ClientResponse response) {
        if (response.status() == 401) {
            throw new IllegalStateException("no access");
        }
        return response.status();
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.waitUntil;

import dev.jawait.ReturnWhen;
import dev.jawait.Task;
import dev.jawait.WaitResult;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.stream.Stream;

/** S14: waits for three requests until the first of them fails, then cancels the other two. */
public final class FirstException {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                await(session.get(server.url("/slow")).text()); // The first request of a JVM is not one to time.
                long start = System.nanoTime();
                List<Task<Integer>> tasks = Stream.of(
                                "gopher://nowhere", server.url("/slow?units=3"), server.url("/slow?units=3"))
                        .map(url -> createTask(session.get(url).use(ClientResponse::status)))
                        .toList();
                WaitResult<Integer> found = await(waitUntil(ReturnWhen.FIRST_EXCEPTION, tasks));
                long units = (System.nanoTime() - start) / 100_000_000;
                System.out.println("S14 done " + found.done().size() + " pending "
                        + found.pending().size() + " at " + units);
                found.pending().forEach(Task::cancel);
                await(waitUntil(found.pending()));
                System.out.println("S14 cancelled "
                        + found.pending().stream()
                                .map(task -> task.isCancelled() ? "True" : "False")
                                .toList());
            });
        }
    }
}

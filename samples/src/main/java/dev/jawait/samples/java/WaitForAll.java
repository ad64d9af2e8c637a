package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.waitUntil;

import dev.jawait.Task;
import dev.jawait.WaitResult;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;
import java.util.stream.Stream;

/** S12: waits for all tasks, and gets two sets: those that are done, and those that are pending. */
public final class WaitForAll {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                List<Task<Integer>> tasks = Stream.of("/slow?units=1", "/slow?units=1")
                        .map(page -> createTask(session.get(server.url(page)).use(ClientResponse::status)))
                        .toList();
                WaitResult<Integer> found = await(waitUntil(tasks));
                List<Integer> statuses = found.done().stream().map(Task::result).toList();
                System.out.println("S12 done " + found.done().size() + " pending "
                        + found.pending().size() + " " + statuses);
            });
        }
    }
}

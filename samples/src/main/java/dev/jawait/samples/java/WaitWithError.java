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

/** S13: a wait throws nothing when a task fails; the task has the exception. */
public final class WaitWithError {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            run(() -> {
                Task<Integer> good = createTask(session.get(server.url("/slow")).use(ClientResponse::status));
                Task<Integer> bad = createTask(session.get("gopher://nowhere").use(ClientResponse::status));
                WaitResult<Integer> found = await(waitUntil(List.of(good, bad)));
                String failed = bad.exception() != null ? "True" : "False";
                System.out.println("S13 done " + found.done().size() + " pending "
                        + found.pending().size() + " good " + good.result() + " bad has an exception " + failed);
            });
        }
    }
}

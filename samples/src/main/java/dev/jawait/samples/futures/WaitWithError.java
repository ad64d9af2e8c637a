package dev.jawait.samples.futures;

import static dev.jawait.Async.waitUntil;

import dev.jawait.Task;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;

/** S13: the future of a wait does not fail when a task does; the task has the exception. */
public final class WaitWithError {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            Task<Integer> good =
                    session.get(server.url("/slow")).use(ClientResponse::status).start();
            Task<Integer> bad =
                    session.get("gopher://nowhere").use(ClientResponse::status).start();
            waitUntil(List.of(good, bad))
                    .toFuture()
                    .thenAccept(found ->
                            System.out.println("S13 done " + found.done().size() + " pending "
                                    + found.pending().size() + " good " + good.result() + " bad has an exception "
                                    + (bad.exception() != null ? "True" : "False")))
                    .join();
        }
    }
}

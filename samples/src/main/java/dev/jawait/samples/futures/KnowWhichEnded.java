package dev.jawait.samples.futures;

import static dev.jawait.Async.asCompleted;
import static dev.jawait.Async.createTask;

import dev.jawait.Completed;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.List;

/** W3: that a result has arrived does not tell whose it is; each item of {@code asCompleted} has its task and index. */
public final class KnowWhichEnded {
    public static void main(String[] args) {
        List<String> pages = List.of("/slow?units=2", "/slow?units=3", "/slow?units=1");
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            session.get(server.url("/slow")) // The first request of a JVM is not one to time.
                    .text()
                    .toFuture()
                    .thenCompose(warm -> asCompleted(pages.stream()
                                    .map(page -> createTask(
                                            page, session.get(server.url(page)).use(ClientResponse::status)))
                                    .toList())
                            .onEach(KnowWhichEnded::tell)
                            .toFuture())
                    .join();
        }
    }

    private static void tell(Completed<Integer> done) {
        System.out.println("W3 the result alone: " + done.result());
        System.out.println(
                "W3 with its task: " + done.result() + " of " + done.task().name() + ", argument " + done.index());
    }
}

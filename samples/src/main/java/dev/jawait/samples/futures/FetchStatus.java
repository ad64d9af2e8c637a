package dev.jawait.samples.futures;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.util.concurrent.CompletableFuture;

/** S02: asks for two pages and combines the futures of their statuses; no thread waits for an answer. */
public final class FetchStatus {
    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.create()) {
            CompletableFuture<Integer> found =
                    session.get(server.url("/slow")).use(ClientResponse::status).toFuture();
            CompletableFuture<Integer> missing = session.get(server.url("/slow?status=404"))
                    .use(ClientResponse::status)
                    .toFuture();
            found.thenAcceptBoth(missing, (first, second) -> System.out.println("S02 status " + first + " " + second))
                    .join();
        }
    }
}

package dev.jawait.samples.docs;

import static dev.jawait.Async.gather;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;

public final class StatusService implements AutoCloseable {
    private final ClientSession session = ClientSession.create();

    CompletableFuture<List<Integer>> statuses(List<String> urls) {
        return gather(urls.stream().map(url -> session.get(url).use(ClientResponse::status)))
                .toFuture();
    }

    @Override
    public void close() {
        session.close();
    }

    public static void main(String[] urls) {
        try (StatusService service = new StatusService()) {
            service.statuses(List.of(urls)).thenAccept(System.out::println).join();
        }
    }
}

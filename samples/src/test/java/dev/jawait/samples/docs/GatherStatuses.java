package dev.jawait.samples.docs;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import java.util.List;
import java.util.stream.Stream;

public final class GatherStatuses {
    public static void main(String[] urls) {
        List<Integer> statuses = run(() -> {
            try (ClientSession session = ClientSession.create()) {
                return await(gather(Stream.of(urls).map(url -> session.get(url).use(ClientResponse::status))));
            }
        });
        System.out.println(statuses);
    }
}

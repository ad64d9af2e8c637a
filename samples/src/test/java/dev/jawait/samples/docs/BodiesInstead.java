package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientSession;
import java.time.Duration;
import java.util.stream.Stream;

public final class BodiesInstead {
    static Coroutine<String> status(ClientSession session, String url) {
        return async(() -> {
            try {
                return await(session.get(url).timeout(Duration.ofSeconds(3)).use(response -> "" + response.status()));
            } catch (AsyncTimeoutException error) {
                return "late";
            } catch (ClientException error) {
                return "failed: " + error;
            }
        });
    }

    public static void main(String[] urls) {
        run(() -> {
            try (ClientSession session = ClientSession.create()) {
                System.out.println(await(gather(Stream.of(urls).map(url -> status(session, url)))));
            }
        });
    }
}

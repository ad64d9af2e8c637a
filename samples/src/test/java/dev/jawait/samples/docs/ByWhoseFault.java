package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.InvalidUrlException;
import java.time.Duration;
import java.util.stream.Stream;

public final class ByWhoseFault {
    static Coroutine<String> fetch(ClientSession session, String url) {
        return async(() -> {
            try {
                return await(session.get(url).timeout(Duration.ofSeconds(3)).text());
            } catch (InvalidUrlException error) {
                return "ours: the URL";
            } catch (ClientResponseException error) {
                return "told by the server: " + error.status();
            } catch (ClientTimeoutException error) {
                return "too slow: " + error.phase();
            } catch (ClientPayloadException error) {
                return "broken off: the body";
            } catch (ClientConnectionException error) {
                return "not reached";
            }
        });
    }

    public static void main(String[] urls) {
        run(() -> {
            try (ClientSession session =
                    ClientSession.builder().raiseForStatus(true).build()) {
                await(gather(Stream.of(urls).map(url -> fetch(session, url)))).forEach(System.out::println);
            }
        });
    }
}

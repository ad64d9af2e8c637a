package dev.jawait.samples.futures;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.ClientSession;
import dev.jawait.http.RequestInfo;
import dev.jawait.http.RetryPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** A future of a request that is sent up to four times, with pauses that double, or that {@code Retry-After} asks for. */
public final class RetryWithBackoff {
    private static final RetryPolicy POLICY = RetryPolicy.builder()
            .attempts(4)
            .backoff(Duration.ofMillis(50), Duration.ofSeconds(2))
            .maxRetryAfter(Duration.ofSeconds(5))
            .build();

    /** Notes why a request is sent again. It is called on an event loop, where printing could block. */
    private record Retries(List<String> notes) implements ClientListener {
        @Override
        public void retried(RequestInfo request, Throwable cause) {
            notes.add(cause instanceof ClientResponseException answer ? "again after " + answer.status() : "again");
        }
    }

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        Retries retries = new Retries(new CopyOnWriteArrayList<>());
        ClientSession session = ClientSession.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .retry(POLICY)
                .raiseForStatus(true)
                .listener(retries)
                .build();
        long start = System.nanoTime();
        status(session, "busy")
                .thenAccept(status -> {
                    boolean waited = System.nanoTime() - start >= 1_000_000_000;
                    System.out.println(retries.notes() + ", then " + status);
                    System.out.println("waited for a second, as the server asked: " + waited);
                })
                .thenCompose(printed -> status(session, "broken"))
                .exceptionally(RetryWithBackoff::gaveUp)
                .thenAccept(status -> System.out.println("gave up: " + status))
                .whenComplete((printed, error) -> {
                    session.close();
                    server.stop(0);
                })
                .join();
    }

    private static CompletableFuture<Integer> status(ClientSession session, String url) {
        return session.get(url)
                .timeout(Duration.ofSeconds(20))
                .use(ClientResponse::status)
                .toFuture();
    }

    private static int gaveUp(Throwable error) {
        if (error.getCause() instanceof ClientResponseException answer) {
            return answer.status();
        }
        throw new CompletionException(error);
    }

    /** Asks to come back after a second, then is still too busy, then answers; all else is out of order. */
    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        Iterator<Integer> statuses = List.of(503, 429, 204).iterator();
        server.createContext("/", exchange -> {
            boolean isBusy = exchange.getRequestURI().getPath().equals("/busy");
            int status = isBusy ? statuses.next() : 502;
            if (status == 503) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

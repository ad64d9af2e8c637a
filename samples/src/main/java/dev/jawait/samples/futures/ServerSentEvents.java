package dev.jawait.samples.futures;

import static dev.jawait.Async.sleep;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.AsyncTimeoutException;
import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A future of the end of server-sent events; when the connection breaks, it asks for those after the last one seen. */
public final class ServerSentEvents {
    /** For ever, but not 45 seconds of silence: servers send a comment every 15. */
    private static final ClientTimeout LIMITS = ClientTimeout.builder()
            .total(Duration.ZERO)
            .sockRead(Duration.ofSeconds(45))
            .build();

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private record Event(String type, String data) {}

    private final ClientRequest request;
    private final Consumer<Event> action;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile CompletableFuture<?> running = end;
    private String lastId = "";

    private ServerSentEvents(ClientRequest request, Consumer<Event> action) {
        this.request = request.header("Accept", "text/event-stream");
        this.action = action;
    }

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        ClientSession session =
                ClientSession.builder().timeout(LIMITS).raiseForStatus(true).build();
        ClientRequest request =
                session.get("http://127.0.0.1:" + server.getAddress().getPort());
        new ServerSentEvents(
                        request,
                        event -> System.out.println(
                                event.type() + ": " + event.data().replace("\n", " / ")))
                .follow()
                .thenRun(() -> System.out.println("no more"))
                .whenComplete((nothing, error) -> {
                    session.close();
                    server.stop(0);
                })
                .join();
    }

    /** Ends when the server answers 204, or with an error of 400 or more; cancelling it ends what runs. */
    private CompletableFuture<Void> follow() {
        end.whenComplete((nothing, error) -> running.cancel(true));
        next();
        return end;
    }

    private void next() {
        ClientRequest next = lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId);
        runs(next.toFuture()).thenCompose(this::read).whenComplete((isOver, error) -> {
            if (error == null && isOver) {
                end.complete(null);
            } else if (error == null || isBroken(error.getCause())) {
                runs(sleep(PAUSE).toFuture()).thenRun(this::next); // What was half there comes again, whole.
            } else {
                end.completeExceptionally(error.getCause());
            }
        });
    }

    private CompletableFuture<Boolean> read(ClientResponse response) {
        Map<String, String> fields = new HashMap<>();
        return runs(response.body()
                        .lines(MAX_LINE_BYTES)
                        .onEach(line -> accept(fields, line))
                        .toFuture())
                .whenComplete((nothing, error) -> response.close())
                .thenApply(nothing -> response.status() == 204);
    }

    private <T> CompletableFuture<T> runs(CompletableFuture<T> future) {
        running = future;
        if (end.isDone()) {
            future.cancel(true);
        }
        return future;
    }

    private static boolean isBroken(Throwable error) {
        return error instanceof ClientConnectionException
                || error instanceof ClientPayloadException
                || error instanceof AsyncTimeoutException;
    }

    /** An empty line ends an event (HTML Living Standard, 9.2.6); comments are fields without a name. */
    private void accept(Map<String, String> fields, String line) {
        if (!line.isEmpty()) {
            String[] field = line.split(": ?", 2);
            String value = field.length == 1 ? "" : field[1];
            fields.merge(field[0], value, (old, next) -> field[0].equals("data") ? old + "\n" + next : next);
            return;
        }
        lastId = fields.getOrDefault("id", lastId);
        if (fields.containsKey("data")) {
            action.accept(new Event(fields.getOrDefault("event", "message"), fields.get("data")));
        }
        fields.clear();
    }

    /** Two events and a half, then one more; both times the connection breaks. In the end, no content: that was all. */
    private static HttpServer server() throws IOException {
        Map<String, String> after = Map.of(
                "", "event: price\ndata: tea 7\nid: 1\n\n: still here\n\ndata: two\ndata: lines\nid: 2\n\ndata: ha",
                "2", "data: last\nid: 3\n\n");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String lastId = exchange.getRequestHeaders()
                    .getOrDefault("Last-Event-ID", List.of(""))
                    .get(0);
            boolean isOver = !after.containsKey(lastId);
            exchange.sendResponseHeaders(isOver ? 204 : 200, isOver ? -1 : 1000);
            exchange.getResponseBody().write(after.getOrDefault(lastId, "").getBytes());
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        return server;
    }
}

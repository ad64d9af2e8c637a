package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
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
import java.util.function.Consumer;

/** Consumes server-sent events; when the connection ends or breaks, it asks for those after the last one it has seen. */
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
    private String lastId = "";

    private ServerSentEvents(ClientRequest request, Consumer<Event> action) {
        this.request = request.header("Accept", "text/event-stream");
        this.action = action;
    }

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        try (ClientSession session =
                ClientSession.builder().timeout(LIMITS).raiseForStatus(true).build()) {
            ClientRequest request =
                    session.get("http://127.0.0.1:" + server.getAddress().getPort());
            run(() -> new ServerSentEvents(
                            request,
                            event -> System.out.println(
                                    event.type() + ": " + event.data().replace("\n", " / ")))
                    .follow());
            System.out.println("no more");
        } finally {
            server.stop(0);
        }
    }

    /** Ends when the server answers 204; with an error of 400 or more, or a cancel, it throws that. */
    private void follow() {
        while (true) {
            try (ClientResponse response =
                    await(lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId))) {
                if (response.status() == 204) {
                    return;
                }
                Map<String, String> fields = new HashMap<>();
                for (String line : response.body().lines(MAX_LINE_BYTES)) {
                    accept(fields, line);
                }
            } catch (ClientConnectionException | ClientPayloadException | AsyncTimeoutException broken) {
                // What was half there comes again, whole.
            }
            await(sleep(PAUSE));
        }
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

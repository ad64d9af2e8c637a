package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Async;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 74: what middlewares see, change and do. */
@Timeout(30)
@ExtendWith(NothingLeft.class)
class MiddlewareTest {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                requests.add(request);
                connection.send(answer(request));
            }
        });
    }

    private static String answer(Request request) {
        return switch (request.target()) {
            case "/from" -> "HTTP/1.1 302 Go\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n";
            case "/guarded" ->
                request.headers().containsKey("X-Key")
                        ? ScriptedServer.ok("in")
                        : "HTTP/1.1 401 No\r\nContent-Length: 3\r\n\r\nout";
            case "/endless" -> "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc";
            default -> ScriptedServer.ok(request.target());
        };
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ClientSession session(ClientMiddleware... middlewares) {
        ClientSession.Builder builder = ClientSession.builder();
        List.of(middlewares).forEach(builder::middleware);
        return builder.build();
    }

    private ClientMiddleware telling(String name) {
        return (request, next) -> {
            steps.add(name + " in");
            ClientResponse response = await(next.send(request));
            steps.add(name + " out");
            return response;
        };
    }

    @Test
    void theFirstOneIsOutermost() {
        try (ClientSession session = session(telling("a"), telling("b"))) {
            assertEquals("/", run(session.get(server.url("/")).text()));
            assertEquals(List.of("a in", "b in", "b out", "a out"), steps);
        }
    }

    @Test
    void itMayAddHeadersAndReplaceTheBody() {
        ClientMiddleware changing = (request, next) -> await(next.send(request.withHeader("X-Mine", "1")
                .withoutHeader("X-Gone")
                .withBody(RequestBody.text(request.body() == null ? "none" : "other"))));
        try (ClientSession session = session(changing)) {
            run(session.post(server.url("/")).header("x-gone", "1").json("{}").text());
            Request sent = requests.get(0);
            assertEquals("1", sent.headers().get("X-Mine"));
            assertNull(sent.headers().get("X-Gone"));
            assertEquals("other", sent.text());
            assertEquals("text/plain; charset=utf-8", sent.headers().get("Content-Type"));
        }
    }

    @Test
    void itMaySendAgain() {
        ClientMiddleware key = (request, next) -> {
            ClientResponse response = await(next.send(request));
            await(response.bytes());
            return response.status() == 401 ? await(next.send(request.withHeader("X-Key", "k"))) : response;
        };
        try (ClientSession session = session(key)) {
            assertEquals("in", run(session.get(server.url("/guarded")).text()));
            assertEquals(2, requests.size());
            assertEquals(1, server.connections(), "The first answer was read, so its connection is free");
        }
    }

    @Test
    void aResponseThatItDoesNotReturnIsClosed() throws InterruptedException {
        IllegalStateException mine = new IllegalStateException("mine");
        ClientMiddleware failing = (request, next) -> {
            await(next.send(request));
            throw mine;
        };
        try (ClientSession session = session(failing)) {
            assertSame(
                    mine,
                    assertThrows(
                            IllegalStateException.class,
                            () -> run(session.get(server.url("/endless")).text())));
            server.awaitNoConnections();
            Waiting.until("closed", () -> session.connector().stats().open() == 0);
        }
    }

    @Test
    void itMayRefuseBeforeAnythingIsSent() {
        ClientMiddleware refusing = (request, next) -> {
            throw new ClientException("not to " + request.url().getHost(), null);
        };
        try (ClientSession session = session(refusing)) {
            ClientException error = assertThrows(
                    ClientException.class,
                    () -> run(session.get("http://nowhere.invalid/").text()));
            assertEquals("not to nowhere.invalid", error.getMessage());
            assertEquals(0, session.connector().stats().opened());
        }
    }

    @Test
    void itRunsForEachHop() {
        ClientMiddleware urls = (request, next) -> {
            steps.add(request.info().hop() + " " + request.url().getPath());
            return await(next.send(request));
        };
        try (ClientSession session = session(urls)) {
            assertEquals("/to", run(session.get(server.url("/from")).text()));
            assertEquals(List.of("0 /from", "1 /to"), steps);
        }
    }

    @Test
    void whatOneHopGetsAnotherDoesNot() {
        ClientMiddleware first = (request, next) ->
                await(next.send(request.info().hop() == 0 ? request.withHeader("X-Once", "1") : request));
        try (ClientSession session = session(first)) {
            run(session.get(server.url("/from")).text());
            assertNull(requests.get(1).headers().get("X-Once"));
        }
    }

    @Test
    void aRequestMayHaveOthersOrNone() {
        try (ClientSession session = session(telling("session's"))) {
            run(session.get(server.url("/")).middlewares().text());
            assertEquals(List.of(), steps);
            run(session.get(server.url("/")).middlewares(telling("own")).text());
            assertEquals(List.of("own in", "own out"), steps);
        }
    }

    @Test
    void itMayUseTheSessionItself() {
        ClientSession[] holder = new ClientSession[1];
        ClientMiddleware token = (request, next) -> await(next.send(request.withHeader(
                "X-Key", await(holder[0].get(server.url("/token")).middlewares().text()))));
        try (ClientSession session = session(token)) {
            holder[0] = session;
            assertEquals("in", run(session.get(server.url("/guarded")).text()));
        }
    }

    @Test
    void itMayBlock() {
        ClientMiddleware blocking = (request, next) -> {
            Thread.sleep(1);
            return await(next.send(request));
        };
        try (ClientSession session = session(blocking)) {
            assertEquals("/", session.get(server.url("/")).text().toFuture().join());
        }
    }

    @Test
    void aTimeLimitReachesThroughIt() throws InterruptedException {
        ClientMiddleware waiting = (request, next) -> await(Async.sleep(Duration.ofHours(1), null));
        try (ClientSession session = session(waiting)) {
            assertThrows(
                    dev.jawait.AsyncTimeoutException.class,
                    () -> run(Async.withTimeout(
                            Duration.ofMillis(20), session.get(server.url("/")).text())));
        }
    }

    @Test
    void aCancelledRequestLeavesNoConnectionInUse() throws InterruptedException {
        try (ClientSession session = session(telling("a"))) {
            var task = session.get(server.url("/endless")).text().start();
            server.awaitRequests(1);
            task.cancel();
            assertThrows(dev.jawait.CancelledException.class, task::join);
            Waiting.until("nothing in use", () -> session.connector().stats().inUse() == 0);
        }
    }

    @Test
    void whatIsNoResponseOfASessionsIsAClearError() {
        ClientMiddleware nothing = (request, next) -> null;
        try (ClientSession session = session(nothing)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> run(session.get(server.url("/")).text()));
        }
    }

    @Test
    void itMaySendSeveralAtOnce() {
        ClientMiddleware hedging =
                (request, next) -> await(Async.gather(List.of(next.send(request), next.send(request))))
                        .get(1);
        try (ClientSession session = session(hedging, telling("inner"))) {
            assertEquals("/", run(session.get(server.url("/")).text()));
            assertEquals(2, requests.size());
        }
    }

    @Test
    void aResponseThatComesAfterItHasAnsweredIsClosed() throws InterruptedException {
        List<Runnable> late = new CopyOnWriteArrayList<>();
        ClientMiddleware keeping = (request, next) -> {
            late.add(() -> run(next.send(request)));
            return await(next.send(request));
        };
        try (ClientSession session = session(keeping)) {
            assertEquals(200, run(session.get(server.url("/endless")).use(ClientResponse::status)));
            late.get(0).run();
            assertEquals(2, requests.size());
            Waiting.until("nothing in use", () -> session.connector().stats().inUse() == 0);
        }
    }

    @Test
    void anotherUrlIsAClearErrorAndNotIgnored() {
        ClientMiddleware elsewhere = (request, next) -> await(next.send(new OutgoingRequest(
                request.method(), URI.create("http://localhost/other"), request.headers(), null, request.info())));
        try (ClientSession session = session(elsewhere)) {
            IllegalArgumentException error = assertThrows(
                    IllegalArgumentException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertTrue(error.getMessage().contains(server.url("/")), error::getMessage);
            assertEquals(List.of(), requests);
        }
    }
}

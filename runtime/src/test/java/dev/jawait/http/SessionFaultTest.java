package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do wrong, as a session's user sees it; and what a cancel leaves. */
class SessionFaultTest extends SessionFixture {
    /** The ways to read a body. */
    static List<Function<ClientRequest, Coroutine<?>>> readers() {
        return List.of(
                ClientRequest::text,
                ClientRequest::bytes,
                request -> request.<Object>use(response -> {
                    while (await(response.body().read()) != null) {
                        // Only its end is of interest.
                    }
                    return null;
                }),
                request -> request.<Object>use(response -> await(response.body().discard())));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aBodyThatEndsTooEarlyIsAnErrorAndNeverAShortBody(Function<ClientRequest, Coroutine<?>> reader)
            throws IOException {
        for (String cut : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")) {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.readRequest();
                connection.send(cut);
            })) {
                Coroutine<?> read = reader.apply(session.get(server.url("/")));
                assertThrows(ClientPayloadException.class, () -> run(read));
            }
        }
    }

    /** Case 21. */
    @Test
    void aResetWithinABodyIsAnError() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
            connection.stall();
            connection.reset();
        })) {
            ClientException error = assertThrows(
                    ClientException.class,
                    () -> run(session.get(server.url("/")).use(response -> {
                        server.release();
                        return await(response.text());
                    })));
            assertTrue(error instanceof ClientPayloadException || error instanceof ClientOsException, error::toString);
        }
    }

    @Test
    void aConnectionThatEndsWithoutAResponseIsADisconnect() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.readRequest())) {
            assertThrows(
                    ServerDisconnectedException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals(1, server.connections());
        }
    }

    static Stream<String> idempotent() {
        return Stream.of("GET", "PUT", "DELETE");
    }

    @ParameterizedTest
    @MethodSource("idempotent")
    void aRequestThatGotNoByteOnAReusedConnectionIsSentAgain(String method) throws IOException {
        try (ScriptedServer server = closesAtTheSecondRequest()) {
            assertEquals("one", run(session.get(server.url("/1")).text()));
            assertEquals("two", run(session.request(method, server.url("/2")).text()));
            assertEquals(2, server.connections());
        }
    }

    @Test
    void aPostIsNeverSentAgain() throws IOException {
        try (ScriptedServer server = closesAtTheSecondRequest()) {
            assertEquals("one", run(session.get(server.url("/1")).text()));
            assertThrows(
                    ClientConnectionException.class,
                    () -> run(session.post(server.url("/2")).text()));
            assertEquals(1, server.connections());
        }
    }

    private static ScriptedServer closesAtTheSecondRequest() throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ScriptedServer.ok(connection.number() == 1 ? "one" : "two"));
            connection.readRequest();
        });
    }

    @Test
    void aCancelBeforeTheHeadFreesThePlace() throws Exception {
        try (ScriptedServer server = stalling("")) {
            Task<String> task = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            task.cancel("enough");
            assertEquals(
                    "enough", assertThrows(CancelledException.class, task::join).getMessage());
            server.awaitNoConnections();
        }
    }

    @Test
    void aCancelWithinTheBodyFreesThePlace() throws Exception {
        try (ScriptedServer server = stalling("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")) {
            Task<String> task = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            server.awaitNoConnections();
        }
    }

    private static ScriptedServer stalling(String first) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(first);
            connection.awaitClose();
        });
    }

    @Test
    void aBodyThatThrowsClosesTheConnection() throws Exception {
        try (ScriptedServer server = stalling("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")) {
            Coroutine<Object> use = session.get(server.url("/")).use(response -> {
                throw new IllegalStateException("body");
            });
            assertThrows(IllegalStateException.class, () -> run(use));
            server.awaitNoConnections();
        }
    }

    /** The head may be seen before the end that comes with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK\r\nContent-Length: 0",
                "302 Go\r\nContent-Length: 0",
                "204 Nothing",
                "304 Old\r\nContent-Length: 99999"
            })
    void aResponseWithoutABodyNeverCostsItsConnection(String head) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 " + head + "\r\n\r\n")) {
            run(() -> {
                for (int i = 0; i < 2000; i++) {
                    await(session.get(server.url("/")).use(ClientResponse::status));
                }
            });
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aSmallRestIsReadAwayAndALargeOneIsNot() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                var request = connection.readRequest();
                if (request == null) {
                    return;
                }
                switch (request.target()) {
                    case "/small" -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    case "/large" -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
                    default -> connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n");
                }
                connection.send("x".repeat(1000));
                switch (request.target()) {
                    case "/chunked" -> connection.send("\r\n0\r\n\r\n");
                    case "/chunks" -> connection.send(("\r\n3e8\r\n" + "x".repeat(1000)).repeat(100));
                    default -> {}
                }
            }
        })) {
            for (String path : List.of("/small", "/chunked", "/small", "/chunked")) {
                run(session.get(server.url(path)).use(ClientResponse::status));
                Waiting.until("idle", () -> session.connector().stats().idle() == 1);
            }
            assertEquals(1, server.connections());
            for (String path : List.of("/large", "/chunks")) {
                run(session.get(server.url(path)).use(ClientResponse::status));
                server.awaitNoConnections();
            }
        }
    }

    @Test
    void tlsTakesOwnTrustAndRefusesTheRest() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readRequest();
                    connection.send(ScriptedServer.ok("secret"));
                });
                Connector trusting = Connector.builder()
                        .sslContext(certificates.clientContext())
                        .build();
                ClientSession tls = ClientSession.builder().connector(trusting).build()) {
            String url = "https://localhost:" + server.port() + "/";
            assertEquals("secret", run(tls.get(url).text()));
            assertThrows(
                    ClientConnectorCertificateException.class,
                    () -> run(session.get(url).text()));
            String otherName = "https://127.0.0.1:" + server.port() + "/";
            assertThrows(
                    ClientConnectorCertificateException.class,
                    () -> run(tls.get(otherName).text()));
        }
    }

    private static ScriptedServer redirectingWithoutItsBody() throws IOException {
        return ScriptedServer.start(connection -> {
            ScriptedConnection.Request request = connection.readRequest();
            if (request != null && request.target().equals("/from")) {
                connection.send("HTTP/1.1 302 Go\r\nLocation: /to\r\nSet-Cookie: a=b\r\nContent-Length: 10\r\n\r\nabc");
            } else {
                connection.send(ScriptedServer.ok("there"));
            }
            connection.awaitClose();
        });
    }

    @Test
    void aRedirectWhoseBodyDoesNotComeIsFollowed() throws IOException {
        try (ScriptedServer server = redirectingWithoutItsBody()) {
            String text = run(session.get(server.url("/from"))
                    .timeout(Duration.ofSeconds(10))
                    .use(response -> {
                        ClientResponse from = response.history().get(0);
                        assertThrows(ClientConnectionException.class, () -> await(from.bytes()));
                        return await(response.text());
                    }));
            assertEquals("there", text);
        }
    }

    @Test
    void aCancelWhileTheBodyOfARedirectIsReadAwayLeavesNothing() throws Exception {
        CountDownLatch stored = new CountDownLatch(1);
        // The last that is done with a redirect before its body is read away.
        CookieJar telling = new TellingJar(stored::countDown);
        try (ScriptedServer server = redirectingWithoutItsBody();
                ClientSession told = ClientSession.builder().cookieJar(telling).build()) {
            Task<String> task = told.get(server.url("/from")).text().start();
            stored.await();
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            Waiting.until("nothing in use", () -> told.connector().stats().inUse() == 0);
        }
    }

    /** Keeps nothing. */
    private record TellingJar(Runnable whenStored) implements CookieJar {
        @Override
        public void store(URI from, List<Cookie> cookies) {
            whenStored.run();
        }

        @Override
        public List<Cookie> cookiesFor(URI to) {
            return List.of();
        }

        @Override
        public List<Cookie> all() {
            return List.of();
        }

        @Override
        public void clear(Predicate<? super Cookie> unwanted) {
            // There are none.
        }
    }

    @Test
    void whatIsToldToBeginIsToldToEnd() throws IOException {
        List<String> events = new CopyOnWriteArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void started(RequestInfo request) {
                events.add("started");
            }

            @Override
            public void ended(RequestInfo request, @Nullable Throwable error) {
                events.add("ended: " + error);
            }
        };
        try (ClientSession told = ClientSession.builder().listener(listener).build()) {
            RequestBody missing = RequestBody.file(Path.of("no-such-directory", "file"));
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(told.put("http://localhost/").body(missing).text()));
            assertEquals(List.of("started", "ended: " + error), events);
        }
    }

    @Test
    void aListenerThatFailsLosesNothing() throws Exception {
        ClientListener failing = new ClientListener() {
            @Override
            public void started(RequestInfo request) {
                throw new AssertionError("A listener that fails");
            }

            @Override
            public void retried(RequestInfo request, Throwable cause) {
                throw new AssertionError("A listener that fails");
            }
        };
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (connection.readRequest() != null) {
                        connection.send("HTTP/1.1 503 Busy\r\nContent-Length: 1000000\r\n\r\nabc");
                    }
                });
                ClientSession told = ClientSession.builder().listener(failing).build()) {
            RetryPolicy policy = RetryPolicy.builder()
                    .attempts(2)
                    .backoff(Duration.ZERO, Duration.ZERO)
                    .build();
            assertEquals(503, run(told.get(server.url("/")).retry(policy).use(ClientResponse::status)));
            assertEquals(2, server.requests());
            Waiting.until("nothing in use", () -> told.connector().stats().inUse() == 0);
        }
    }
}

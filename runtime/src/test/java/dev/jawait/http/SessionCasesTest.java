package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.Logged;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Cases of aiohttp's own tests that no other test here is about. */
class SessionCasesTest extends SessionFixture {
    /** Case 20: a body of the caller's that fails when the response has been read costs no connection. */
    @Test
    void anErrorOfTheCallersAfterTheWholeBodyKeepsTheConnection() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("all"))) {
            IllegalStateException mine = new IllegalStateException("mine");
            ClientRequest request = session.get(server.url("/"));
            assertSame(
                    mine,
                    assertThrows(
                            IllegalStateException.class,
                            () -> run(request.use(response -> {
                                await(response.text());
                                throw mine;
                            }))));
            assertEquals("all", run(request.text()));
            assertEquals(1, server.connections());
        }
    }

    /** Case 20: what was cut short is not used again. */
    @Test
    void aTruncatedResponseCostsItsConnection() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        })) {
            assertThrows(
                    ClientPayloadException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals(0, session.connector().stats().open());
        }
    }

    /** Case 44. */
    @Test
    void connectionsOnWhichALimitPassedAreNotUsedAgain() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    if (connection.number() <= 2) {
                        connection.awaitClose();
                    } else {
                        connection.send(ok("third"));
                    }
                });
                ClientSession one = ClientSession.builder()
                        .connector(Connector.builder().limit(1).build())
                        .build();
                Connector connector = one.connector()) {
            ClientTimeout silence =
                    ClientTimeout.builder().sockRead(Duration.ofMillis(50)).build();
            for (int i = 0; i < 2; i++) {
                assertThrows(
                        ClientTimeoutException.class,
                        () -> run(one.get(server.url("/")).timeout(silence).text()));
                assertEquals(0, connector.stats().open());
            }
            assertEquals("third", run(one.get(server.url("/")).text()));
            assertEquals(3, server.connections());
        }
    }

    /** Case 45. */
    @Test
    void zeroAndNothingAreNoLimits() throws IOException {
        ClientTimeout zero = ClientTimeout.builder()
                .total(Duration.ZERO)
                .connect(Duration.ZERO)
                .sockConnect(Duration.ZERO)
                .sockRead(Duration.ZERO)
                .build();
        assertEquals(ClientTimeout.NONE, zero);
        assertThrows(
                IllegalArgumentException.class,
                () -> ClientTimeout.builder().total(Duration.ofMillis(-1)).build());
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                ClientSession limited = ClientSession.builder()
                        .timeout(ClientTimeout.builder()
                                .total(Duration.ofNanos(1))
                                .build())
                        .build()) {
            assertThrows(
                    ClientTimeoutException.class,
                    () -> run(limited.get(server.url("/")).text()));
            assertEquals("x", run(limited.get(server.url("/")).timeout(zero).text()));
            assertEquals(
                    "x",
                    run(limited.get(server.url("/")).timeout(ClientTimeout.NONE).text()));
        }
    }

    /** Case 50. */
    @Test
    void aRedirectWithoutALocationIsAResponseAsAnyOther() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.answering("HTTP/1.1 301 Moved\r\nContent-Length: 8\r\n\r\nnowhere!")) {
            assertEquals(
                    "301 nowhere!",
                    run(session.get(server.url("/"))
                            .use(response -> response.status() + " " + await(response.text()))));
        }
    }

    /** Case 51. */
    @Test
    void neitherParametersNorFragmentAreTakenToTheTarget() throws IOException {
        List<String> targets = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                targets.add(request.target());
                connection.send(
                        targets.size() == 1
                                ? "HTTP/1.1 302 Go\r\nLocation: /to#there\r\nContent-Length: 0\r\n\r\n"
                                : ok("x"));
            }
        })) {
            String url = run(session.get(server.url("/from#here"))
                    .param("a", "1")
                    .use(response -> response.url().toString()));
            assertEquals(List.of("/from?a=1", "/to"), targets);
            assertEquals(server.url("/to"), url);
        }
    }

    /** Case 70: a body that nobody reads is not received beyond a small buffer. */
    @Test
    void theBufferOfBodiesThatAreNotReadCanBeSet() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> Connector.builder().readBufferSize(0));
        try (ScriptedServer server = ScriptedServer.answering(ok("x".repeat(200_000)));
                Connector connector =
                        Connector.builder().readBufferSize(1_000_000).build();
                ClientSession large =
                        ClientSession.builder().connector(connector).build()) {
            ClientResponse response = run(large.get(server.url("/")));
            Waiting.until("received unread", () -> connector.stats().idle() == 1);
            assertEquals(200_000, run(response.text()).length());
        }
    }

    @Test
    void howLargeAHeadMayBeCanBeSet() throws IOException {
        String response = "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(20_000) + "\r\nContent-Length: 0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.answering(response);
                Connector connector =
                        Connector.builder().headLimits(100, 30_000, 10).build();
                ClientSession roomy =
                        ClientSession.builder().connector(connector).build()) {
            assertThrows(
                    ClientResponseException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals(200, run(roomy.get(server.url("/")).use(ClientResponse::status)));
        }
        assertThrows(IllegalArgumentException.class, () -> Connector.builder().headLimits(0, 1, 1));
    }

    /** Case 75: a listener that throws, even while a request waits for a connection, costs nothing. */
    @Test
    void aListenerThatThrowsFreesThePlaceAllTheSame() throws Exception {
        ClientListener throwing = new ClientListener() {
            @Override
            public void phaseStarted(RequestInfo request, Phase phase) {
                throw new IllegalStateException("at " + phase);
            }

            @Override
            public void started(RequestInfo request) {
                throw new IllegalStateException("at the start");
            }
        };
        CountDownLatch queued = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    queued.await();
                    connection.send(ok("x"));
                    connection.readRequest();
                    connection.send(ok("x"));
                });
                Connector connector = Connector.builder().limit(1).build();
                ClientSession listened = ClientSession.builder()
                        .connector(connector)
                        .listener(throwing)
                        .build()) {
            String log = Logged.by(() -> {
                var first = listened.get(server.url("/")).text().start();
                server.awaitRequests(1);
                var second = listened.get(server.url("/")).text().start();
                Waiting.until("the queue", () -> connector.stats().waiting() == 1);
                queued.countDown();
                assertEquals("x", first.join());
                assertEquals("x", second.join());
            });
            assertTrue(log.contains("at POOL"), log);
            assertEquals(0, connector.stats().inUse());
            assertEquals(0, connector.stats().waiting());
        }
    }

    /** Case 2: what has come in whole is given back before anybody reads it. */
    @Test
    void aBodyIsReadAfterItsConnectionWasGivenBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("small"))) {
            ClientResponse response = run(session.get(server.url("/")));
            Waiting.until("given back", () -> session.connector().stats().idle() == 1);
            assertEquals("small", run(response.text()));
            assertNull(run(response.body().read()));
        }
    }

    @Test
    void aPieceIsTheCallersOwn() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("abc"))) {
            ByteBuffer piece = run(session.get(server.url("/"))
                    .use(response -> await(response.body().read())));
            assertEquals(
                    "abc",
                    java.nio.charset.StandardCharsets.US_ASCII.decode(piece).toString());
        }
    }
}

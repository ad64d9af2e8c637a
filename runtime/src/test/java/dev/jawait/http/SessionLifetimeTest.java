package dev.jawait.http;

import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Async;
import dev.jawait.CancelledException;
import dev.jawait.Runner;
import dev.jawait.Task;
import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of sessions that are closed, shared or forgotten, and of the memory of their bodies. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SessionLifetimeTest {
    private static ScriptedServer keepAlive(String body) throws IOException {
        return ScriptedServer.start(connection -> {
            while (connection.readRequest() != null) {
                connection.send(ScriptedServer.ok(body));
            }
        });
    }

    @Test
    void aForgottenSessionIsClosedAndLoggedWithWhereItWasCreated() throws Exception {
        try (ScriptedServer server = keepAlive("x")) {
            String log = Logged.untilCollected(() -> useAndForget(server), "useAndForget(");
            Waiting.until("closed", () -> server.openConnections() == 0);
            assertTrue(log.contains("never closed") && log.contains("useAndForget"), log);
        }
    }

    private static void useAndForget(ScriptedServer server) {
        assertEquals("x", run(ClientSession.create().get(server.url("/")).text()));
    }

    @Test
    void aForgottenConnectorIsClosedAndLoggedWithWhereItWasCreated() throws Exception {
        try (ScriptedServer server = keepAlive("x")) {
            String log = Logged.untilCollected(() -> useAndForgetConnector(server), "useAndForgetConnector(");
            Waiting.until("closed", () -> server.openConnections() == 0);
            assertTrue(log.contains("A connector was never closed") && log.contains("useAndForgetConnector"), log);
        }
    }

    private static void useAndForgetConnector(ScriptedServer server) {
        Connector connector = Connector.create();
        try (ClientSession session =
                ClientSession.builder().connector(connector).build()) {
            assertEquals("x", run(session.get(server.url("/")).text()));
        }
    }

    private static ScriptedServer longBody() throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            connection.awaitClose();
        });
    }

    @Test
    void aForgottenResponseGivesItsConnectionUpAndIsLogged() throws Exception {
        try (ScriptedServer server = longBody();
                ClientSession session = ClientSession.create()) {
            String log = Logged.untilCollected(
                    () -> getAndForget(session, server.url("/page?token=s3cret")), "neither read nor closed");
            Waiting.until("closed", () -> server.openConnections() == 0);
            Waiting.until("given up", () -> session.connector().stats().open() == 0);
            assertTrue(
                    log.contains("neither read nor closed") && log.contains("GET " + server.url("/page") + ";"), log);
            assertFalse(log.contains("s3cret"), log);
        }
    }

    @Test
    void inDebugModeTheLogTellsWhereTheRequestWasMade() throws Exception {
        try (ScriptedServer server = longBody();
                Runner debugging = Runner.builder().debug().build();
                ClientSession session = ClientSession.create()) {
            String log = Logged.untilCollected(() -> getAndForget(session, server.url("/")), "getAndForget(");
            Waiting.until("closed", () -> server.openConnections() == 0);
            assertTrue(log.contains("getAndForget"), log);
            assertNotNull(debugging);
        }
    }

    private static void getAndForget(ClientSession session, String url) {
        assertEquals(200, run(() -> Async.await(session.get(url)).status()));
    }

    @Test
    void aResponseWhoseBodyIsBeingReadIsNotForgotten() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
                    connection.stall();
                    connection.send("half");
                    connection.awaitClose();
                });
                ClientSession session = ClientSession.create()) {
            Task<byte[]> whole = readOnly(session, server.url("/"));
            Waiting.until("the head", () -> server.requests() == 1);
            Garbage.collectUntil(() -> false, 300);
            server.release();
            assertEquals(8, whole.join().length);
        }
    }

    /** Nobody has the response but the read that waits. */
    private static Task<byte[]> readOnly(ClientSession session, String url) {
        return session.get(url).start().join().bytes().start();
    }

    @Test
    void aGracefulCloseLetsARedirectedRequestEnd() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.stall();
                    connection.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n");
                    connection.readRequest();
                    connection.send(ScriptedServer.ok("there"));
                    connection.awaitClose();
                });
                ClientSession session = ClientSession.create()) {
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            Task<Boolean> closing =
                    session.closeGracefully(Duration.ofMinutes(1)).start();
            Waiting.until("the refusal", session::isClosed);
            assertThrows(
                    IllegalStateException.class,
                    () -> run(session.get(server.url("/")).text()));
            server.release();
            assertEquals("there", running.join());
            assertTrue(closing.join());
            server.awaitNoConnections();
        }
    }

    @Test
    void aGracefulCloseWaitsForBodies() throws Exception {
        try (ScriptedServer server = longBody();
                ClientSession session = ClientSession.create()) {
            ClientResponse response = session.get(server.url("/")).start().join();
            assertFalse(run(session.closeGracefully(Duration.ofMillis(50))));
            assertThrows(ClientException.class, () -> run(response.text()));
            assertTrue(run(session.closeGracefully(Duration.ZERO)));
        }
    }

    @Test
    void closingASessionFailsWhatRunsAndRefusesTheRest() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.awaitClose();
        })) {
            ClientSession session = ClientSession.create();
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            session.close();
            assertThrows(ClientConnectionException.class, running::join);
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals("Session is closed: close it when its requests have ended", refused.getMessage());
        }
    }

    /** Case 24. */
    @Test
    void aSharedConnectorStaysOpen() throws Exception {
        try (ScriptedServer server = keepAlive("x");
                Connector shared = Connector.create()) {
            for (int i = 0; i < 3; i++) {
                try (ClientSession session =
                        ClientSession.builder().connector(shared).build()) {
                    assertEquals("x", run(session.get(server.url("/")).text()));
                }
            }
            assertEquals(1, server.connections());
        }
    }

    @Test
    void secretsAreInNoText() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
                ClientSession session =
                        ClientSession.builder().secretHeader("X-Key", "s3cret").build()) {
            String url = server.url("/?token=s3cret").replace("http://", "http://me:s3cret@");
            ClientRequest request = session.get(url.replace("?token=s3cret", ""))
                    .cookie("a", "s3cret")
                    .raiseForStatus(true);
            ClientResponseException error = assertThrows(ClientResponseException.class, () -> run(request.text()));
            assertFalse((error + request.toString() + request.name() + session.get(url)).contains("s3cret"));
            assertFalse(Headers.of("Authorization", "s3cret").toString().contains("s3cret"));
            String dead = "http://me:s3cret@127.0.0.1:1/";
            assertFalse(assertThrows(
                            ClientConnectorException.class,
                            () -> run(session.get(dead).text()))
                    .toString()
                    .contains("s3cret"));
            assertFalse(assertThrows(
                            InvalidUrlException.class,
                            () -> run(session.get("http://me:s3cret@/").text()))
                    .toString()
                    .contains("s3cret"));
        }
    }

    @Test
    void noBufferIsLeakedWhateverHappensToABody() throws Exception {
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        try (ScriptedServer server = keepAlive("x".repeat(50_000));
                ClientSession session = ClientSession.create()) {
            String log = Logged.by(() -> {
                for (int round = 0; round < 20; round++) {
                    abuse(session, server.url("/"), new Random(round));
                }
                Garbage.collectUntil(() -> false, 300);
                // A leak is reported when the next buffers are made.
                run(session.get(server.url("/")).text());
            });
            assertFalse(log.contains("LEAK"), log);
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
    }

    @Test
    void aResponseThatComesAsItsTaskIsCancelledFreesItsConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("body"));
                Connector pool = Connector.builder().limit(2).build();
                ClientSession session = ClientSession.builder().connector(pool).build()) {
            for (int round = 0; round < 2000; round++) {
                Task<ClientResponse> task = session.get(server.url("/")).start();
                TimeUnit.NANOSECONDS.sleep(round % 300 * 1000);
                task.cancel();
                task.onDone(done -> {
                    if (!done.isCancelled()) {
                        done.result().close();
                    }
                });
            }
            Waiting.until(
                    "the connections",
                    () -> pool.stats().inUse() == 0 && pool.stats().waiting() == 0);
        }
    }

    /** Bodies that are read, left, closed within, and cancelled at some moment. */
    private static void abuse(ClientSession session, String url, Random random) {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            tasks.add(
                    switch (random.nextInt(4)) {
                        case 0 -> session.get(url).text().start();
                        case 1 -> session.get(url).use(ClientResponse::status).start();
                        case 2 ->
                            session.get(url)
                                    .use(response -> Async.await(response.body().read()))
                                    .start();
                        default -> session.get(url).bytes().start();
                    });
        }
        for (Task<?> task : tasks) {
            if (random.nextBoolean()) {
                task.cancel();
            }
        }
        tasks.forEach(SessionLifetimeTest::end);
    }

    private static void end(Task<?> task) {
        try {
            task.join();
        } catch (RuntimeException error) {
            assertInstanceOf(CancelledException.class, error);
        }
    }

    @Test
    void oneThatOutlivesItsRunnerSaysSo() {
        ClientSession left;
        try (Runner runner = Runner.builder().build()) {
            left = runner.run(() -> ClientSession.create());
        }
        ClientConnectionException error = assertThrows(
                ClientConnectionException.class,
                () -> run(left.get("http://localhost/").text()));
        assertTrue(error.getMessage().contains("runner"), error::getMessage);
        left.close();
    }
}

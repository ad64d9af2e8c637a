package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.ClientException;
import dev.jawait.http.ClientListener;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;
import dev.jawait.http.ServerDisconnectedException;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReuseTest extends TransportFixture {
    /** Case 1. */
    @Test
    void sequentialRequestsShareOneConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("hello"))) {
            for (int i = 0; i < 5; i++) {
                Recorder recorder = get(server);
                assertEquals("hello", recorder.body());
                assertEquals(i > 0, recorder.head().connectionReused());
                assertFalse(recorder.heardWhileSending);
            }
            assertEquals(1, server.connections());
            assertEquals(4, transport().stats().reused());
            assertEquals(1, transport().stats().opened());
        }
    }

    /** Case 2. */
    @Test
    void aCompleteResponseGivesItsConnectionBackBeforeItIsRead() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("hello"))) {
            Recorder first = getLazily(server);
            first.head();
            awaitIdle(1);
            assertEquals("hello", get(server).body());
            assertEquals(1, server.connections());
            first.read();
            assertEquals("hello", first.body());
        }
    }

    @Test
    void anEmptyBodyEndsWithoutARead() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok(""))) {
            assertEquals("", getLazily(server).body());
            assertEquals(1, transport().stats().idle());
        }
    }

    /** Case 3. */
    @Test
    void connectionCloseIsHonoured() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
            connection.awaitClose();
        })) {
            assertEquals("ok", get(server).body());
            assertEquals("ok", get(server).body());
            assertEquals(2, server.connections());
        }
    }

    @Test
    void http10IsClosedUnlessItSaysOtherwise() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
            connection.readRequest();
            connection.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.awaitClose();
        })) {
            for (int i = 0; i < 3; i++) {
                assertEquals("ok", get(server).body());
            }
            assertEquals(2, server.connections());
        }
    }

    /** Case 4. */
    @Test
    void aConnectionTheServerClosesWhileIdleIsNoticed() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
        })) {
            assertEquals("x", get(server).body());
            Waiting.until("the pool to notice", () -> transport().stats().open() == 0);
            assertEquals("x", get(server).body());
            assertEquals(2, server.connections());
        }
    }

    @Test
    void bytesOnAnIdleConnectionCloseIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
            connection.stall();
            connection.send("\r\n");
            connection.awaitClose();
        })) {
            assertEquals("x", get(server).body());
            awaitIdle(1);
            server.release();
            Waiting.until("the pool to notice", () -> transport().stats().open() == 0);
            server.awaitNoConnections();
        }
    }

    @Test
    void bytesAfterTheResponseCloseTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x") + "HTTP/1.1 200 OK\r\n");
            connection.awaitClose();
        })) {
            assertEquals("x", get(server).body());
            assertEquals("x", get(server).body());
            assertEquals(2, server.connections());
        }
    }

    /** Case 18. */
    @Test
    void anIdleConnectionIsClosedWhenItsTimeIsOver() throws Exception {
        settings.keepAlive = Duration.ofMillis(100);
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            get(server).body();
            awaitIdle(1);
            server.awaitNoConnections();
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void theServersKeepAliveTimeIsHonoured() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nKeep-Alive: max=5, timeout=0\r\nContent-Length: 1\r\n\r\nx")) {
            get(server).body();
            get(server).body();
            assertEquals(2, server.connections());
        }
    }

    /** Case 17, where there are two settings that may contradict each other. */
    @Test
    void withoutKeepAliveNothingIsReused() throws Exception {
        settings.keepAlive = Duration.ZERO;
        List<String> heads = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            var request = connection.readRequest();
            heads.add(request == null ? "" : request.head());
            connection.send(ok("x"));
            connection.awaitClose();
        })) {
            get(server).body();
            get(server).body();
            assertEquals(2, server.connections());
            assertTrue(heads.get(0).contains("Connection: close\r\n"));
        }
    }

    @Test
    void theServersLimitOfRequestsIsHonoured() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=1\r\nContent-Length: 1\r\n\r\nx")) {
            for (int i = 0; i < 4; i++) {
                get(server).body();
            }
            assertEquals(2, server.connections());
        }
    }

    @Test
    void aConnectionThatIsTooOldIsNotUsedAgain() throws Exception {
        settings.maxAge = Duration.ofNanos(1);
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            get(server).body();
            get(server).body();
            assertEquals(2, server.connections());
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void anIdleConnectionIsClosedWhenItBecomesTooOld() throws Exception {
        settings.maxAge = Duration.ofMillis(500);
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            get(server).body();
            server.awaitNoConnections();
            assertEquals(0, transport().stats().open());
        }
    }

    /** Case 5: the server closes at once, and whether the next request finds that out before or after it is sent is open. */
    @Test
    void aServerThatClosesAtOnceBreaksNoRequest() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
        })) {
            for (int i = 0; i < 100; i++) {
                assertEquals("x", get(server).body());
            }
        }
    }

    private static ScriptedServer droppingEverySecondRequest(boolean reset) throws Exception {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
            connection.readRequest();
            if (reset) {
                connection.reset();
            }
        });
    }

    @Test
    void anIdempotentRequestIsRetriedOnceOnAFreshConnection() throws Exception {
        try (ScriptedServer server = droppingEverySecondRequest(false)) {
            assertEquals("x", get(server).body());
            Recorder second = send(request("PUT", server, "/", "whole".getBytes()));
            assertEquals("x", second.body());
            assertFalse(second.head().connectionReused());
            assertEquals(2, server.connections());
            assertEquals(3, server.requests());
            assertEquals(1, transport().stats().open());
        }
    }

    @Test
    void aResetOnAReusedConnectionIsRetriedToo() throws Exception {
        try (ScriptedServer server = droppingEverySecondRequest(true)) {
            assertEquals("x", get(server).body());
            assertEquals("x", get(server).body());
        }
    }

    @Test
    void aPostIsNotRetried() throws Exception {
        try (ScriptedServer server = droppingEverySecondRequest(false)) {
            assertEquals("x", get(server).body());
            Recorder post = post(server, "x".getBytes());
            assertInstanceOf(ServerDisconnectedException.class, post.failure());
            assertEquals(1, server.connections());
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void aFreshConnectionThatFailsIsNotRetried() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.readRequest())) {
            assertInstanceOf(ServerDisconnectedException.class, get(server).failure());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aRequestThatGotBytesIsNotRetried() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
            connection.readRequest();
            connection.send("HTTP/1.1 2");
        })) {
            get(server).body();
            assertInstanceOf(ClientException.class, get(server).failure());
            assertEquals(1, server.connections());
        }
    }

    /** Case 10. */
    @Test
    void fiftyRequestsOverTwoPlacesOpenTwoConnections() throws Exception {
        settings.limit = 2;
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            List<Recorder> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(get(server));
            }
            for (Recorder recorder : all) {
                assertEquals("x", recorder.body());
                assertEquals(1, recorder.endings.get());
            }
            assertEquals(2, server.connections());
        }
    }

    /** Two records of TLS that come in one portion: the second is there before the next request is sent. */
    @Test
    void whatComesRightBehindAResponseIsNeverTheAnswerToTheNextRequest() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        settings.limit = 1;
        CountDownLatch ready = new CountDownLatch(2);
        settings.listener = new ClientListener() {
            @Override
            public void phaseStarted(RequestInfo request, Phase phase) {
                if (phase == Phase.FIRST_BYTE) {
                    await(ready);
                }
            }
        };
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
            connection.readRequest();
            connection.send(ok(connection.number() == 1 ? "first" : "second"));
            if (connection.number() == 1) {
                connection.send(ok("nobody's"));
                ready.countDown();
            }
            connection.awaitClose();
        })) {
            Origin origin = new Origin(true, "localhost", server.port());
            Recorder first = send(request("GET", origin, "/1", new DefaultHttpHeaders(), null));
            Recorder second = send(request("GET", origin, "/2", new DefaultHttpHeaders(), null));
            ready.countDown();
            assertEquals("first", first.body());
            assertEquals("second", second.body());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.AddressFamily;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.Phase;
import dev.jawait.runtime.net.Dialing;
import dev.jawait.testing.MuteAddress;
import dev.jawait.testing.ScriptedServer;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeLimitsTest extends TransportFixture {
    private static final Duration LIMIT = Duration.ofMillis(150);

    private static ClientTimeout.Builder only() {
        return ClientTimeout.NONE.toBuilder();
    }

    private static ClientTimeout total() {
        return only().total(LIMIT).build();
    }

    private static ClientTimeout connect() {
        return only().connect(LIMIT).build();
    }

    private static ClientTimeout sockConnect() {
        return only().sockConnect(LIMIT).build();
    }

    private static ClientTimeout sockRead() {
        return only().sockRead(LIMIT).build();
    }

    private static ScriptedServer mute() throws Exception {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.awaitClose();
        });
    }

    private void assertTimesOut(Recorder recorder, String limitName, Phase phase) throws Exception {
        ClientTimeoutException error = assertInstanceOf(ClientTimeoutException.class, recorder.failure());
        assertEquals(limitName, error.limitName());
        assertEquals(phase, error.phase());
        assertEquals(LIMIT, error.limit());
        assertTrue(error.poolStats() != null && error.hostStats() != null);
        assertTrue(error.elapsed().compareTo(LIMIT) >= 0, error.getMessage());
        assertEquals("GET", error.method());
    }

    private Recorder get(ScriptedServer server, ClientTimeout timeout) {
        return send(request("GET", server, "/", null), timeout, true);
    }

    /** Case 38. */
    @Test
    void totalWhileTheHeadIsAwaited() throws Exception {
        try (ScriptedServer server = mute()) {
            assertTimesOut(get(server, total()), "total", Phase.FIRST_BYTE);
            server.awaitNoConnections();
            assertEquals(0, transport().stats().open());
        }
    }

    /** Case 43. */
    @Test
    void totalWithinABodyThatNeverEnds() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            while (!connection.socket().isClosed()) {
                connection.send("more");
                TimeUnit.MILLISECONDS.sleep(10);
            }
        })) {
            assertTimesOut(get(server, total()), "total", Phase.READ);
        }
    }

    @Test
    void totalInTheQueue() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = mute()) {
            Recorder first = get(server);
            assertTimesOut(get(server, total()), "total", Phase.POOL);
            assertEquals(0, transport().stats().waiting());
            first.cancel();
        }
    }

    /** Case 8. */
    @Test
    void connectInTheQueue() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = mute()) {
            Recorder first = get(server);
            assertTimesOut(get(server, connect()), "connect", Phase.POOL);
            first.cancel();
        }
    }

    @Test
    void connectDuringTheLookUp() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        lookup = host -> {
            awaitQuietly(go);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (ScriptedServer server = mute()) {
            assertTimesOut(get(server, connect()), "connect", Phase.DNS);
            assertEquals(0, transport().stats().open());
            go.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void poolInTheQueue() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = mute()) {
            Recorder first = get(server);
            assertTimesOut(get(server, only().pool(LIMIT).build()), "pool", Phase.POOL);
            first.cancel();
        }
    }

    @Test
    void dnsDuringTheLookUp() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        lookup = host -> {
            awaitQuietly(go);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (ScriptedServer server = mute()) {
            assertTimesOut(get(server, only().dns(LIMIT).build()), "dns", Phase.DNS);
            assertEquals(0, transport().stats().open());
            go.countDown();
        }
    }

    @Test
    void tlsDuringTheHandshake() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.awaitClose())) {
            assertTimesOut(getTls(server.port(), only().tls(LIMIT).build()), "tls", Phase.TLS);
            server.awaitNoConnections();
        }
    }

    @Test
    void firstByteWhileTheHeadIsAwaited() throws Exception {
        try (ScriptedServer server = mute()) {
            assertTimesOut(get(server, only().firstByte(LIMIT).build()), "firstByte", Phase.FIRST_BYTE);
        }
    }

    @Test
    void firstByteUntilTheHeadIsComplete() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nX-");
            connection.awaitClose();
        })) {
            assertTimesOut(get(server, only().firstByte(LIMIT).build()), "firstByte", Phase.FIRST_BYTE);
        }
    }

    @Test
    void writeWhereTheServerDoesNotRead() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.stall();
        })) {
            WireRequest request = request("GET", server, "/", new byte[50_000_000]);
            assertTimesOut(send(request, only().write(LIMIT).build(), true), "write", Phase.WRITE);
        }
    }

    @Test
    void aPhaseThatIsOverCannotTimeOut() throws Exception {
        ClientTimeout phases =
                only().pool(LIMIT).dns(LIMIT).tls(LIMIT).write(LIMIT).build();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            TimeUnit.MILLISECONDS.sleep(2 * LIMIT.toMillis());
            connection.send(ok("late"));
        })) {
            assertEquals("late", get(server, phases).body());
        }
    }

    /** Case 39. */
    @Test
    void connectDuringTheHandshake() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.awaitClose())) {
            assertTimesOut(getTls(server.port(), connect()), "connect", Phase.TLS);
            server.awaitNoConnections();
        }
    }

    @Test
    void sockConnectDuringTheHandshake() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.awaitClose())) {
            assertTimesOut(getTls(server.port(), sockConnect()), "sockConnect", Phase.TLS);
            server.awaitNoConnections();
        }
    }

    private Recorder getTls(int port, ClientTimeout timeout) {
        Origin origin = new Origin(true, "localhost", port);
        return send(request("GET", origin, "/", new DefaultHttpHeaders(), null), timeout, true);
    }

    @Test
    void sockConnectWhereNobodyAnswers() throws Exception {
        try (MuteAddress mute = MuteAddress.at("127.0.0.1", 0)) {
            Origin origin = new Origin(false, "localhost", mute.port());
            Recorder recorder = send(request("GET", origin, "/", new DefaultHttpHeaders(), null), sockConnect(), true);
            assertTimesOut(recorder, "sockConnect", Phase.CONNECT);
        }
    }

    /** Case 31. */
    @Test
    void theNextAddressIsTriedIfOneTimesOut() throws Exception {
        settings.dialing = new Dialing(AddressFamily.ANY, null, null, Duration.ZERO);
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                MuteAddress mute = MuteAddress.at("127.0.0.2", server.port())) {
            InetAddress silent = InetAddress.getByName("127.0.0.2");
            lookup = host -> new InetAddress[] {silent, InetAddress.getByName("127.0.0.1")};
            assertEquals("x", get(server, sockConnect()).body());
            assertEquals(server.port(), mute.port());
        }
    }

    /** Case 40. */
    @Test
    void sockReadWhileTheHeadIsAwaited() throws Exception {
        try (ScriptedServer server = mute()) {
            assertTimesOut(get(server, sockRead()), "sockRead", Phase.FIRST_BYTE);
        }
    }

    @Test
    void sockReadWithinTheBody() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            connection.awaitClose();
        })) {
            assertTimesOut(get(server, sockRead()), "sockRead", Phase.READ);
            server.awaitNoConnections();
        }
    }

    /** Case 41. */
    @Test
    void sockReadIsForEachSilenceNotForTheWhole() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
            for (int i = 0; i < 8; i++) {
                TimeUnit.MILLISECONDS.sleep(40);
                connection.send("x");
            }
            connection.awaitClose();
        })) {
            assertEquals("xxxxxxxx", get(server, sockRead()).body());
        }
    }

    @Test
    void sockReadDoesNotRunWhileNobodyReads() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
            connection.stall();
            connection.send("cd");
            connection.awaitClose();
        })) {
            Recorder lazy = send(request("GET", server, "/", null), sockRead(), false);
            lazy.head();
            TimeUnit.MILLISECONDS.sleep(3 * LIMIT.toMillis());
            assertEquals(0, lazy.endings.get());
            server.release();
            lazy.read();
            lazy.read();
            assertEquals("abcd", lazy.body());
        }
    }

    /** Case 42. */
    @Test
    void sockReadDoesNotRunWhileTheRequestIsSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            var head = connection.readHead();
            TimeUnit.MILLISECONDS.sleep(3 * LIMIT.toMillis());
            int left = head == null ? 0 : Integer.parseInt(head.headers().get("Content-Length"));
            connection.skip(left);
            connection.send(ok("x"));
        })) {
            WireRequest request = request("POST", server, "/", new byte[20_000_000]);
            assertEquals("x", send(request, sockRead(), true).body());
        }
    }

    /** Case 19. */
    @Test
    void sockReadDoesNotRunOnAnIdleConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals("x", get(server, sockRead()).body());
            TimeUnit.MILLISECONDS.sleep(2 * LIMIT.toMillis());
            assertEquals("x", get(server, sockRead()).body());
            assertEquals(1, server.connections());
        }
    }
}

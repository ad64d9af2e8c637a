package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientConnectorDnsException;
import dev.jawait.http.ClientConnectorException;
import dev.jawait.http.ClientTimeout;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelAndCloseTest extends TransportFixture {
    private static final String CLOSED = "Connector is closed: close it, and its session, when its requests have ended";

    private static ScriptedServer stalling() throws Exception {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.stall();
            connection.send(ok("x"));
            while (connection.readRequest() != null) {
                connection.send(ok("x"));
            }
        });
    }

    /** Cases 9 and 11. */
    @Test
    void aCancelWhileWaitingLeavesTheQueue() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = stalling()) {
            Recorder first = get(server);
            Recorder second = get(server);
            Recorder third = get(server);
            assertEquals(2, transport().stats().waiting());
            second.cancel();
            assertInstanceOf(CancelledException.class, second.failure());
            assertEquals(1, transport().stats().waiting());
            server.release();
            assertEquals("x", first.body());
            assertEquals("x", third.body());
            assertEquals(1, server.connections());
            second.cancel();
            assertEquals(1, second.endings.get());
        }
    }

    @Test
    void aCancelBeforeTheHeadClosesTheConnectionAndFreesThePlace() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = stalling()) {
            Recorder first = get(server);
            server.awaitRequests(1);
            Recorder second = get(server);
            first.cancel();
            assertInstanceOf(CancelledException.class, first.failure());
            server.awaitRequests(2);
            server.release();
            assertEquals("x", second.body());
            assertEquals(2, server.connections());
        }
    }

    @Test
    void aCancelWithinTheBodyClosesTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            connection.awaitClose();
        })) {
            Recorder recorder = get(server);
            recorder.head();
            Waiting.until("the first half", () -> !recorder.pieces.isEmpty());
            recorder.cancel();
            assertInstanceOf(CancelledException.class, recorder.failure());
            server.awaitNoConnections();
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void aCancelAfterTheWholeResponseKeepsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            Recorder recorder = getLazily(server);
            awaitIdle(1);
            recorder.cancel();
            assertEquals("x", recorder.body());
            assertEquals("x", get(server).body());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aCancelAfterTheEndDoesNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            Recorder recorder = get(server);
            recorder.body();
            recorder.cancel();
            assertEquals("x", get(server).body());
            assertEquals(1, recorder.endings.get());
            assertEquals(1, server.connections());
        }
    }

    /** Case 30. */
    @Test
    void aCancelDuringTheLookUpDoesNotDisturbOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger lookUps = new AtomicInteger();
        lookup = host -> {
            lookUps.incrementAndGet();
            await(go);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            Recorder first = get(server);
            Recorder second = get(server);
            first.cancel();
            assertInstanceOf(CancelledException.class, first.failure());
            awaitInUse(1);
            go.countDown();
            assertEquals("x", second.body());
            assertEquals(1, lookUps.get());
            assertEquals(1, server.connections());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancelsAtRandomMomentsLoseNoPlace() throws Exception {
        settings.limit = 3;
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            List<Recorder> all = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                Recorder recorder = get(server);
                all.add(recorder);
                if (i % 2 == 0) {
                    Recorder victim = all.get(ThreadLocalRandom.current().nextInt(all.size()));
                    loops.next().execute(() -> victim.exchange.thenAccept(Exchange::cancel));
                }
            }
            for (Recorder recorder : all) {
                Waiting.until("an end", () -> recorder.endings.get() > 0);
            }
            awaitInUse(0);
            assertEquals("x", get(server).body());
            for (Recorder recorder : all) {
                assertEquals(1, recorder.endings.get());
            }
        }
    }

    /** Case 16. */
    @Test
    void closingFailsWaitersAndUsersAndClosesTheirConnections() throws Exception {
        settings.limit = 2;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.awaitClose();
        })) {
            List<Recorder> all = List.of(get(server), get(server), get(server));
            server.awaitRequests(2);
            transport().close();
            transport().close();
            for (Recorder recorder : all) {
                Throwable failure = recorder.failure();
                assertInstanceOf(ClientConnectionException.class, failure);
                assertEquals(CLOSED, failure.getMessage());
            }
            server.awaitNoConnections();
            Recorder late = get(server);
            assertEquals(CLOSED, late.failure().getMessage());
            assertTrue(!late.heardWhileSending);
            assertTrue(transport().isClosed());
        }
    }

    /** Case 15. */
    @Test
    void closingFailsWhoConnects() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        lookup = host -> {
            await(go);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            Recorder recorder = get(server);
            awaitInUse(1);
            transport().close();
            assertEquals(CLOSED, recorder.failure().getMessage());
            go.countDown();
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void closingClosesIdleConnections() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            get(server).body();
            transport().close();
            server.awaitNoConnections();
        }
    }

    @Test
    void aRefusedConnectionNamesHostAndPort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Origin origin = new Origin(false, "localhost", port);
        Recorder recorder =
                send(request("GET", origin, "/", new io.netty.handler.codec.http.DefaultHttpHeaders(), null));
        Throwable failure = recorder.failure();
        assertInstanceOf(ClientConnectorException.class, failure);
        assertTrue(failure.getMessage().contains("localhost:" + port), failure.getMessage());
        assertEquals(0, transport().stats().open());
    }

    /** Cases 12 and 28. */
    @Test
    void aFailedConnectHandsItsPlaceOn() throws Exception {
        settings.limit = 1;
        AtomicInteger lookUps = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        lookup = host -> {
            await(go);
            if (lookUps.incrementAndGet() == 1) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            Recorder first = get(server);
            Recorder second = get(server);
            Recorder third = get(server);
            second.cancel();
            go.countDown();
            assertInstanceOf(ClientConnectorDnsException.class, first.failure());
            assertEquals("x", third.body());
        }
    }

    @Test
    void theNextAddressIsTriedIfOneRefuses() throws Exception {
        lookup = host -> new InetAddress[] {InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")};
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals("x", get(server).body());
        }
    }

    @Test
    void theServerCanPushOnlySoMuchThatNobodyReads() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        int total = 64 * 1024 * 1024;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.socket().setSendBufferSize(64 * 1024);
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
            byte[] block = new byte[64 * 1024];
            while (sent.get() < total) {
                connection.send(block);
                sent.addAndGet(block.length);
            }
            connection.awaitClose();
        })) {
            Recorder lazy = send(request("GET", server, "/", null), ClientTimeout.DEFAULT, false);
            lazy.head();
            awaitStandstill(sent);
            assertTrue(sent.get() < 16 * 1024 * 1024, "sent " + sent.get());
            assertEquals(0, lazy.pieces.size());
            lazy.read();
            Waiting.until("one piece", () -> lazy.pieces.size() == 1);
            awaitStandstill(sent);
            assertEquals(1, lazy.pieces.size());
            lazy.cancel();
            server.awaitNoConnections();
        }
    }

    private static void awaitStandstill(AtomicInteger counter) throws InterruptedException {
        int last = -1;
        while (counter.get() != last) {
            last = counter.get();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}

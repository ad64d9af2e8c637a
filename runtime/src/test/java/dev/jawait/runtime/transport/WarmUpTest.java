package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientConnectorException;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.testing.MuteAddress;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that are opened ahead of need. */
class WarmUpTest extends TransportFixture {
    private CompletableFuture<Integer> warmUp(int port, int count, ClientTimeout timeout) {
        return transport().warmUp(Route.direct(new Origin(false, "localhost", port)), count, limits(timeout));
    }

    private int warmedUp(ScriptedServer server, int count) throws Exception {
        return warmUp(server.port(), count, ClientTimeout.DEFAULT).get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<Integer> warmUp) {
        Throwable cause = assertThrows(ExecutionException.class, () -> warmUp.get(20, TimeUnit.SECONDS))
                .getCause();
        assertTrue(cause != null);
        return cause;
    }

    @Test
    void requestsUseWhatWasWarmedUp() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals(3, warmedUp(server, 3));
            assertEquals(3, transport().stats().idle());
            Recorder recorder = get(server);
            assertEquals("x", recorder.body());
            assertTrue(recorder.head().connectionReused());
            assertEquals(3, warmedUp(server, 2));
            Waiting.until("the connections to be accepted", () -> server.connections() >= 3);
            assertEquals(3, server.connections());
        }
    }

    @Test
    void theLimitsHold() throws Exception {
        settings.limit = 5;
        settings.limitPerHost = 2;
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals(2, warmedUp(server, 10));
            assertEquals(2, transport().stats().open());
        }
    }

    @Test
    void nobodyIsEvictedForItAndItDoesNotWait() throws Exception {
        settings.limit = 1;
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                ScriptedServer other = ScriptedServer.answering(ok("x"))) {
            assertEquals(1, warmedUp(server, 1));
            assertEquals(0, warmedUp(other, 1));
            Waiting.until("the connection", () -> server.connections() == 1);
            assertEquals(1, transport().stats().idle());
        }
    }

    @Test
    void aCancelGivesThePlacesBack() throws Exception {
        settings.limit = 2;
        try (MuteAddress mute = MuteAddress.at("127.0.0.1", 0);
                ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            CompletableFuture<Integer> warmUp = warmUp(mute.port(), 2, ClientTimeout.NONE);
            assertEquals(2, transport().stats().open());
            Recorder waiting = get(server);
            warmUp.cancel(false);
            assertEquals("x", waiting.body());
            Waiting.until("the places", () -> transport().stats().inUse() == 0);
        }
    }

    @Test
    void withTlsTheHandshakeIsDoneToo() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
            while (connection.readRequest() != null) {
                connection.send(ok("x"));
            }
        })) {
            Origin origin = new Origin(true, "localhost", server.port());
            CompletableFuture<Integer> warmUp =
                    transport().warmUp(Route.direct(origin), 1, limits(ClientTimeout.DEFAULT));
            assertEquals(1, warmUp.get(20, TimeUnit.SECONDS));
            Recorder recorder = send(request("GET", origin, "/", new DefaultHttpHeaders(), null));
            assertEquals("x", recorder.body());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void itFailsWhereNothingCanBeOpened() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertInstanceOf(ClientConnectorException.class, failure(warmUp(port, 2, ClientTimeout.DEFAULT)));
        assertEquals(0, transport().stats().open());
    }

    @Test
    void itHasTheLimitsOfConnecting() throws Exception {
        try (MuteAddress mute = MuteAddress.at("127.0.0.1", 0)) {
            ClientTimeout limits = ClientTimeout.NONE.toBuilder()
                    .sockConnect(Duration.ofMillis(100))
                    .build();
            ClientTimeoutException error =
                    assertInstanceOf(ClientTimeoutException.class, failure(warmUp(mute.port(), 1, limits)));
            assertEquals("sockConnect", error.limitName());
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void closingEndsIt() throws Exception {
        try (MuteAddress mute = MuteAddress.at("127.0.0.1", 0)) {
            CompletableFuture<Integer> warmUp = warmUp(mute.port(), 2, ClientTimeout.NONE);
            transport().close();
            assertInstanceOf(ClientConnectionException.class, failure(warmUp));
            assertInstanceOf(ClientConnectionException.class, failure(warmUp(mute.port(), 2, ClientTimeout.NONE)));
        }
    }

    /** It has idled, so that the server may have closed it: a request that finds it dead is sent again. */
    @Test
    void aRequestOnOneThatHasDiedMeanwhileIsRetried() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            if (connection.number() > 1) {
                connection.send(ok("x"));
                connection.awaitClose();
            }
        })) {
            assertEquals(1, warmedUp(server, 1));
            assertEquals("x", get(server).body());
            assertEquals(2, server.requests());
        }
    }

    @Test
    void oneThatTheServerClosesIsNoticed() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.stall())) {
            assertEquals(1, warmedUp(server, 1));
            server.release();
            Waiting.until("the pool to notice", () -> transport().stats().open() == 0);
        }
    }
}

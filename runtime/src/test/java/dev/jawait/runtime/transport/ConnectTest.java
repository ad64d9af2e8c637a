package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.AddressFamily;
import dev.jawait.http.ClientConnectorDnsException;
import dev.jawait.http.ClientConnectorException;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.runtime.net.Dialing;
import dev.jawait.testing.MuteAddress;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Which addresses are tried, when, and from where. */
class ConnectTest extends TransportFixture {
    private static final ClientTimeout NO_LIMITS = ClientTimeout.NONE;
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private static Dialing delayed(Duration delay) {
        return new Dialing(AddressFamily.ANY, null, null, delay);
    }

    private Recorder get(int port, ClientTimeout timeout) {
        return send(
                request("GET", new Origin(false, "localhost", port), "/", new DefaultHttpHeaders(), null),
                timeout,
                true);
    }

    /** Waits until that many sockets wait for an answer from {@code port}; only where the system tells. */
    private static void awaitAttempts(int port, int count) throws InterruptedException {
        Assumptions.assumeTrue(Files.exists(TABLES.get(0)), "There is no table of sockets to look at");
        Waiting.until("attempts to be under way: " + count, () -> attempts(port) == count);
    }

    private static long attempts(int port) {
        // Local and remote address, then the state: SYN_SENT is 02.
        Pattern attempt = Pattern.compile(String.format(" *\\d+: \\S+ \\p{XDigit}+:%04X 02 .*", port));
        return TABLES.stream()
                .flatMap(ConnectTest::lines)
                .filter(line -> attempt.matcher(line).matches())
                .count();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Case 33. */
    @Test
    void anAddressThatDoesNotAnswerIsOvertakenAndClosed() throws Exception {
        settings.dialing = delayed(Duration.ofMillis(20));
        lookup = host -> addresses("127.0.0.2", "127.0.0.1");
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                MuteAddress mute = MuteAddress.at("127.0.0.2", server.port())) {
            assertEquals("x", get(mute.port(), NO_LIMITS).body());
            awaitIdle(1);
            awaitAttempts(mute.port(), 0);
        }
    }

    @Test
    void withoutADelayTheNextAddressWaitsForTheOneBefore() throws Exception {
        settings.dialing = delayed(Duration.ZERO);
        lookup = host -> addresses("127.0.0.2", "127.0.0.1");
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                MuteAddress mute = MuteAddress.at("127.0.0.2", server.port())) {
            ClientTimeout total =
                    NO_LIMITS.toBuilder().total(Duration.ofMillis(500)).build();
            assertInstanceOf(
                    ClientTimeoutException.class, get(mute.port(), total).failure());
            assertEquals(0, server.connections());
        }
    }

    @Test
    void anAddressThatRefusesIsFollowedAtOnce() throws Exception {
        settings.dialing = delayed(Duration.ofHours(1));
        lookup = host -> addresses("127.0.0.2", "127.0.0.1");
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals("x", get(server.port(), NO_LIMITS).body());
        }
    }

    @Test
    void noSecondAddressIsTriedWhereTheFirstAnswersInTime() throws Exception {
        settings.dialing = delayed(Duration.ofHours(1));
        lookup = host -> addresses("127.0.0.1", "127.0.0.2");
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                ServerSocket other = new ServerSocket(server.port(), 5, InetAddress.getByName("127.0.0.2"))) {
            assertEquals("x", get(other.getLocalPort(), NO_LIMITS).body());
            other.setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, other::accept);
        }
    }

    /** Case 32. */
    @Test
    void whereAllAddressesFailTheLastErrorHasTheOthersWithIt() throws Exception {
        lookup = host -> addresses("127.0.0.2", "127.0.0.3", "127.0.0.4");
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            ClientConnectorException error = assertInstanceOf(
                    ClientConnectorException.class,
                    get(server.port(), NO_LIMITS).failure());
            Throwable last = error.getCause();
            assertTrue(last != null && last.getMessage().contains("127.0.0.4"), error.toString());
            assertEquals(2, last.getSuppressed().length);
            assertTrue(last.getSuppressed()[0].getMessage().contains("127.0.0.2"));
        }
    }

    @Test
    void aCancelClosesAllAttempts() throws Exception {
        settings.dialing = delayed(Duration.ofMillis(10));
        lookup = host -> addresses("127.0.0.2", "127.0.0.3");
        try (MuteAddress one = MuteAddress.at("127.0.0.2", 0);
                MuteAddress other = MuteAddress.at("127.0.0.3", one.port())) {
            Recorder recorder = get(other.port(), NO_LIMITS);
            awaitAttempts(one.port(), 2);
            recorder.cancel();
            recorder.failure();
            awaitAttempts(one.port(), 0);
            assertEquals(0, transport().stats().open());
        }
    }

    /** The limit of the oldest attempt ends that one alone; the limit of the last ends the request. */
    @Test
    void eachAttemptHasItsOwnLimit() throws Exception {
        settings.dialing = delayed(Duration.ofMillis(10));
        lookup = host -> addresses("127.0.0.2", "127.0.0.3");
        try (MuteAddress one = MuteAddress.at("127.0.0.2", 0);
                MuteAddress other = MuteAddress.at("127.0.0.3", one.port())) {
            ClientTimeout limits =
                    NO_LIMITS.toBuilder().sockConnect(Duration.ofMillis(200)).build();
            ClientTimeoutException error = assertInstanceOf(
                    ClientTimeoutException.class, get(other.port(), limits).failure());
            assertEquals("sockConnect", error.limitName());
            assertTrue(error.elapsed().compareTo(Duration.ofMillis(210)) >= 0, error.getMessage());
            awaitAttempts(one.port(), 0);
        }
    }

    @Test
    void aHandshakeThatTakesTooLongIsFollowedByTheNextAddress() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        lookup = host -> addresses("127.0.0.2", "127.0.0.1");
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readRequest();
                    connection.send(ok("x"));
                    connection.awaitClose();
                });
                ServerSocket silent = new ServerSocket(server.port(), 5, InetAddress.getByName("127.0.0.2"))) {
            ClientTimeout limits =
                    NO_LIMITS.toBuilder().sockConnect(Duration.ofSeconds(3)).build();
            Origin origin = new Origin(true, "localhost", silent.getLocalPort());
            assertEquals(
                    "x",
                    send(request("GET", origin, "/", new DefaultHttpHeaders(), null), limits, true)
                            .body());
            try (Socket left = silent.accept()) {
                left.setSoTimeout(20_000);
                // It ends: the client has closed it.
                left.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void connectionsComeFromTheLocalAddressAskedFor() throws Exception {
        settings.dialing = Dialing.DEFAULT.from(new InetSocketAddress("127.0.0.5", 0));
        lookup = host -> addresses("::1", "127.0.0.1");
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok(connection.socket().getInetAddress().getHostAddress()));
            connection.awaitClose();
        })) {
            assertEquals("127.0.0.5", get(server.port(), NO_LIMITS).body());
        }
    }

    /** Case 28. */
    @Test
    void aHostWithoutAnAddressOfTheFamilyAskedForIsNotFound() throws Exception {
        settings.dialing = new Dialing(AddressFamily.IPV6, null, null, Duration.ZERO);
        Throwable error = get(1, NO_LIMITS).failure();
        assertInstanceOf(ClientConnectorDnsException.class, error);
        assertTrue(error.getMessage().contains("IPV6"), error.getMessage());
    }

    private int lookUpsOfThreeConnections() throws Exception {
        settings.keepAlive = Duration.ZERO;
        AtomicInteger lookUps = new AtomicInteger();
        lookup = host -> {
            lookUps.incrementAndGet();
            return addresses("127.0.0.1");
        };
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("x", get(server.port(), NO_LIMITS).body());
            }
            assertEquals(3, server.connections());
        }
        return lookUps.get();
    }

    /** Case 35. */
    @Test
    void aHostIsLookedUpOnceWhileItsAddressesAreKept() throws Exception {
        assertEquals(1, lookUpsOfThreeConnections());
    }

    /** Case 35. */
    @Test
    void withoutACacheEachConnectionLooksItsHostUp() throws Exception {
        settings.dnsTtl = Duration.ZERO;
        assertEquals(3, lookUpsOfThreeConnections());
    }
}

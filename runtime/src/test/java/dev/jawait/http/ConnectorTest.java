package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.kotlin.KtorEngines;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.UnixServer;
import dev.jawait.testing.Waiting;
import io.ktor.client.engine.cio.CIO;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a connector can be told, and tells. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class ConnectorTest {
    private static final Resolver LOOPBACK = host -> List.of(InetAddress.getByName("127.0.0.1"));

    private static String get(Connector connector, String url) {
        try (ClientSession session =
                ClientSession.builder().connector(connector).build()) {
            return run(session.get(url).text());
        }
    }

    private static ScriptedServer stalling() throws IOException {
        return ScriptedServer.start(connection -> {
            while (connection.readRequest() != null) {
                connection.stall();
                connection.send(ok("late"));
            }
        });
    }

    // ---- Looking up

    @Test
    void aResolverOfOnesOwnIsAskedForNamesAloneAndItsAnswersAreKept() throws Exception {
        List<String> asked = new ArrayList<>();
        Resolver resolver = host -> {
            asked.add(host);
            return LOOPBACK.resolve(host);
        };
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                Connector connector = Connector.builder()
                        .resolver(resolver)
                        .keepAliveTimeout(Duration.ZERO)
                        .build()) {
            String url = "http://Somewhere.Invalid:" + server.port() + "/";
            assertEquals("x", get(connector, url));
            assertEquals("x", get(connector, url));
            assertEquals("x", get(connector, "http://127.0.0.1:" + server.port() + "/"));
            assertEquals(List.of("somewhere.invalid"), asked);
            connector.clearDnsCache();
            assertEquals("x", get(connector, url));
            assertEquals(2, asked.size());
        }
    }

    /** Case 28. */
    @Test
    void whateverAResolverDoesIsAnErrorOfDns() {
        List<Resolver> faulty = List.of(host -> List.of(), host -> {
            throw new IllegalStateException("out of order");
        });
        for (Resolver resolver : faulty) {
            try (Connector connector = Connector.builder().resolver(resolver).build()) {
                ClientConnectorDnsException error = assertThrows(
                        ClientConnectorDnsException.class, () -> get(connector, "http://somewhere.invalid/"));
                assertTrue(error.getMessage().startsWith("Cannot resolve somewhere.invalid: "), error.getMessage());
            }
        }
    }

    @Test
    void aFailedLookUpIsRepeatedUnlessItIsToBeKept() {
        AtomicInteger lookUps = new AtomicInteger();
        Resolver failing = host -> {
            lookUps.incrementAndGet();
            throw new IOException("no");
        };
        try (Connector forgetful = Connector.builder().resolver(failing).build();
                Connector keeping = Connector.builder()
                        .resolver(failing)
                        .dnsNegativeTtl(Duration.ofMinutes(1))
                        .build()) {
            for (int i = 0; i < 2; i++) {
                assertThrows(ClientConnectorDnsException.class, () -> get(forgetful, "http://somewhere.invalid/"));
            }
            assertEquals(2, lookUps.get());
            for (int i = 0; i < 2; i++) {
                assertThrows(ClientConnectorDnsException.class, () -> get(keeping, "http://somewhere.invalid/"));
            }
            assertEquals(3, lookUps.get());
        }
    }

    /** Case 34. */
    @Test
    void anAddressThatOthersReadDifferentlyIsRefused() {
        try (Connector connector = Connector.create()) {
            assertThrows(InvalidUrlException.class, () -> get(connector, "http://127.1/"));
        }
    }

    // ---- Where from and where to

    @Test
    void aUnixSocketServesEveryHost(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("server.sock");
        try (UnixServer server = UnixServer.at(path);
                Connector connector = Connector.builder().unixSocket(path).build()) {
            assertEquals("Host: somewhere.invalid", get(connector, "http://somewhere.invalid/"));
            assertEquals("Host: localhost:8080", get(connector, "http://localhost:8080/"));
            assertEquals("Host: somewhere.invalid", get(connector, "http://somewhere.invalid/"));
            assertEquals(2, server.connections());
        }
    }

    @Test
    void aUnixSocketThatIsNotThereIsNamed(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("missing.sock");
        Path file = Files.createFile(directory.resolve("plain.txt"));
        for (Path path : List.of(missing, file)) {
            try (Connector connector = Connector.builder().unixSocket(path).build()) {
                ClientConnectorException error =
                        assertThrows(ClientConnectorException.class, () -> get(connector, "http://localhost/"));
                assertTrue(error.getMessage().contains(path.toString()), error.getMessage());
            }
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithWhatIsWrong() throws Exception {
        InetAddress four = InetAddress.getByName("127.0.0.1");
        Map<UnaryOperator<Connector.Builder>, String> wrong = Map.of(
                builder -> builder.maxAge(Duration.ZERO), "keepAliveTimeout(Duration.ZERO)",
                builder -> builder.happyEyeballsDelay(Duration.ofMillis(1)), "10 ms at least",
                builder -> builder.happyEyeballsDelay(Duration.ofMillis(-1)), "PT-0.001S",
                builder -> builder.dnsCacheTtl(Duration.ofSeconds(-1)), "negative",
                builder -> builder.dnsNegativeTtl(Duration.ofSeconds(-1)), "negative",
                builder -> builder.addressFamily(AddressFamily.IPV6).localAddress(four), "IPV6",
                builder -> builder.unixSocket(Path.of("x")).localAddress(four), "Unix socket",
                builder -> builder.unixSocket(Path.of("x")).resolver(LOOPBACK), "Unix socket");
        wrong.forEach((setting, words) -> {
            IllegalArgumentException error = assertThrows(
                    IllegalArgumentException.class,
                    () -> setting.apply(Connector.builder()).build());
            assertTrue(error.getMessage().contains(words), error.getMessage());
        });
    }

    // ---- Limits and statistics

    /** Case 7. */
    @Test
    void statisticsAreToldForEachHost() throws Exception {
        try (ScriptedServer busy = stalling();
                ScriptedServer quick = ScriptedServer.answering(ok("x"));
                Connector connector = Connector.builder().limitPerHost(1).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            Task<String> first = session.get(busy.url("/")).text().start();
            busy.awaitRequests(1);
            Task<String> second = session.get(busy.url("/")).text().start();
            Waiting.until("the queue", () -> connector.stats().waiting() == 1);
            assertEquals("x", run(session.get(quick.url("/")).text()));
            Map<String, PoolStats> stats = connector.statsByHost();
            assertEquals(Set.of("http://localhost:" + busy.port(), "http://localhost:" + quick.port()), stats.keySet());
            assertEquals(new PoolStats(1, 0, 1, 1, 1, 0), stats.get("http://localhost:" + busy.port()));
            assertEquals(new PoolStats(1, 1, 0, 0, 1, 0), stats.get("http://localhost:" + quick.port()));
            busy.release();
            assertEquals("late", first.join());
            assertEquals("late", second.join());
            assertEquals(1, busy.connections());
        }
    }

    @Test
    void aTimeOutTellsOfThePoolAndOfTheHost() throws Exception {
        try (ScriptedServer busy = stalling();
                ScriptedServer quick = ScriptedServer.answering(ok("x"));
                ClientSession session = ClientSession.create()) {
            assertEquals("x", run(session.get(quick.url("/")).text()));
            ClientTimeoutException error = assertThrows(
                    ClientTimeoutException.class,
                    () -> run(session.get(busy.url("/"))
                            .timeout(Duration.ofSeconds(1))
                            .text()));
            assertEquals(new PoolStats(2, 1, 1, 0, 2, 0), error.poolStats());
            assertEquals(new PoolStats(1, 0, 1, 0, 1, 0), error.hostStats());
            assertTrue(
                    error.getMessage()
                            .endsWith("; pool: 1 in use, 1 idle, 0 waiting; this host: 1 in use, 0 idle, 0 waiting"),
                    error.getMessage());
        }
    }

    /** Case 6. */
    @Test
    void theCancelOfOneRequestDisturbsNoOther() throws Exception {
        try (ScriptedServer server = stalling();
                ClientSession session = ClientSession.create()) {
            Task<String> cancelled = session.get(server.url("/")).text().start();
            Task<String> other = session.get(server.url("/")).text().start();
            server.awaitRequests(2);
            cancelled.cancel();
            assertThrows(CancelledException.class, cancelled::join);
            server.release();
            assertEquals("late", other.join());
        }
    }

    // ---- Warming up

    @Test
    void whatIsWarmedUpServesTheNextRequests() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("x"));
                ClientSession session = ClientSession.create()) {
            run(() -> {
                assertEquals(3, await(session.connector().warmUp(server.url("/any?path"), 3)));
                await(gather(
                        session.get(server.url("/")).text(),
                        session.get(server.url("/")).text(),
                        session.get(server.url("/")).text()));
                return null;
            });
            Waiting.until("the connections to be accepted", () -> server.connections() >= 3);
            assertEquals(3, server.connections());
            assertThrows(
                    IllegalArgumentException.class, () -> session.connector().warmUp(server.url("/"), -1));
            assertThrows(
                    InvalidUrlException.class, () -> run(session.connector().warmUp("http://127.1/", 1)));
        }
    }

    @Test
    void aCancelledWarmUpLeavesNothing() throws Exception {
        try (ScriptedServer silent = ScriptedServer.start(connection -> connection.awaitClose());
                Connector connector = Connector.create()) {
            Task<Integer> task = connector
                    .warmUp(silent.url("/").replace("http:", "https:"), 2)
                    .start();
            Waiting.until("connections", () -> silent.connections() == 2);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            Waiting.until("the places", () -> connector.stats().open() == 0);
            silent.awaitNoConnections();
        }
    }

    // ---- Closing

    @Test
    void aGracefulCloseLetsEndWhatRunsAndWaits() throws Exception {
        try (ScriptedServer server = stalling();
                Connector connector = Connector.builder().limit(1).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            Task<String> waiting = session.get(server.url("/")).text().start();
            Waiting.until("the queue", () -> connector.stats().waiting() == 1);
            Task<Boolean> closing =
                    connector.closeGracefully(Duration.ofMinutes(1)).start();
            Waiting.until("the refusal", () -> isRefused(session, server));
            server.release();
            assertTrue(closing.join());
            assertEquals("late", running.join());
            assertEquals("late", waiting.join());
            server.awaitNoConnections();
        }
    }

    private static boolean isRefused(ClientSession session, ScriptedServer server) {
        Task<String> late = session.get(server.url("/late")).text().start();
        try {
            // One that is not refused waits, as the pool is full.
            run(withTimeout(Duration.ofMillis(100), late));
            return false;
        } catch (ClientConnectionException refused) {
            assertEquals(
                    "Connector is closed: close it, and its session, when its requests have ended",
                    refused.getMessage());
            return true;
        } catch (AsyncTimeoutException notRefused) {
            return false;
        }
    }

    @Test
    void afterItsLimitAGracefulCloseClosesWhatIsLeft() throws Exception {
        try (ScriptedServer server = stalling();
                Connector connector = Connector.create();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            assertEquals(false, run(connector.closeGracefully(Duration.ofMillis(50))));
            assertThrows(ClientConnectionException.class, running::join);
            assertEquals(true, run(connector.closeGracefully(Duration.ZERO)));
            assertThrows(IllegalArgumentException.class, () -> connector.closeGracefully(Duration.ofMillis(-1)));
        }
    }

    @Test
    void aCancelledGracefulCloseClosesAtOnce() throws Exception {
        try (ScriptedServer server = stalling();
                Connector connector = Connector.create();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            Task<Boolean> closing =
                    connector.closeGracefully(Duration.ofMinutes(1)).start();
            Waiting.until("the refusal", () -> isRefused(session, server));
            closing.cancel();
            assertThrows(CancelledException.class, closing::join);
            assertThrows(ClientConnectionException.class, running::join);
            assertEquals(0, connector.stats().open());
        }
    }

    /** The session's own closing and the statistics work with any engine; what is about connections does not. */
    @Test
    void anEngineOfKtorsIsClosedGracefullyToo() throws Exception {
        try (ScriptedServer server = stalling();
                ClientSession session = ClientSession.builder()
                        .engine(KtorEngines.of(CIO.INSTANCE))
                        .build()) {
            Connector connector = session.connector();
            Task<String> running = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            assertThrows(UnsupportedOperationException.class, () -> run(connector.warmUp(server.url("/"), 1)));
            assertEquals(Map.of(), connector.statsByHost());
            Task<Boolean> closing =
                    connector.closeGracefully(Duration.ofMinutes(1)).start();
            Waiting.until("the refusal", () -> isRefused(session, server));
            server.release();
            assertEquals("late", running.join());
            assertTrue(closing.join());
        }
    }
}

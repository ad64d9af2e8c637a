package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;
import dev.jawait.http.ServerDisconnectedException;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenerTest extends TransportFixture {
    private static final class Journal implements ClientListener {
        private final Map<RequestInfo, List<String>> entries = new ConcurrentHashMap<>();

        List<String> of(WireRequest request) {
            return entries.computeIfAbsent(request.info(), info -> new CopyOnWriteArrayList<>());
        }

        private void note(RequestInfo request, String event) {
            entries.computeIfAbsent(request, info -> new CopyOnWriteArrayList<>())
                    .add(event);
        }

        @Override
        public void phaseStarted(RequestInfo request, Phase phase) {
            note(request, "+" + phase);
        }

        @Override
        public void phaseEnded(RequestInfo request, Phase phase) {
            note(request, "-" + phase);
        }

        @Override
        public void connected(RequestInfo request, boolean reused) {
            note(request, reused ? "reused" : "new");
        }

        @Override
        public void retried(RequestInfo request, Throwable cause) {
            note(request, "retried");
        }

        @Override
        public void responded(RequestInfo request, int status) {
            note(request, "" + status);
        }

        @Override
        public void ended(RequestInfo request, @Nullable Throwable error) {
            note(request, error == null ? "ended" : "failed");
            throw new IllegalStateException("A listener that fails");
        }
    }

    private static final List<String> EXCHANGE =
            List.of("+WRITE", "-WRITE", "+FIRST_BYTE", "-FIRST_BYTE", "200", "+READ", "-READ", "ended");

    private final Journal journal = new Journal();

    private static WireRequest tagged(String method, boolean tls, int port, String tag) {
        WireRequest plain = request(method, new Origin(tls, "localhost", port), "/", new DefaultHttpHeaders(), null);
        RequestInfo info = new RequestInfo(method, plain.info().url(), 0, 1, tag);
        return new WireRequest(method, plain.route(), plain.target(), plain.headers(), null, info);
    }

    private void assertJournal(WireRequest request, String... before) throws Exception {
        List<String> expected = new ArrayList<>(List.of(before));
        expected.addAll(EXCHANGE);
        Waiting.until("the end", () -> journal.of(request).contains("ended"));
        assertEquals(expected, journal.of(request));
    }

    @Test
    void aNewConnectionWithTlsHasAllPhases() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        settings.listener = journal;
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
            while (connection.readRequest() != null) {
                connection.send(ok("x"));
            }
        })) {
            WireRequest first = tagged("GET", true, server.port(), "first");
            WireRequest second = tagged("GET", true, server.port(), "second");
            send(first).body();
            send(second).body();
            assertJournal(first, "+DNS", "-DNS", "+CONNECT", "-CONNECT", "+TLS", "-TLS", "new");
            assertJournal(second, "reused");
        }
    }

    @Test
    void whoWaitedIsToldSo() throws Exception {
        settings.limit = 1;
        settings.listener = journal;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.stall();
            connection.send(ok("x"));
            connection.readRequest();
            connection.send(ok("x"));
            connection.awaitClose();
        })) {
            send(tagged("GET", false, server.port(), "first"));
            WireRequest second = tagged("GET", false, server.port(), "second");
            Recorder recorder = send(second);
            server.release();
            recorder.body();
            assertJournal(second, "+POOL", "-POOL", "reused");
        }
    }

    @Test
    void aRetryIsTold() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(ok("x"));
            connection.readRequest();
        })) {
            get(server).body();
            settings.listener = journal;
            WireRequest second = tagged("GET", false, server.port(), "second");
            send(second).body();
            assertJournal(
                    second,
                    "reused",
                    "+WRITE",
                    "-WRITE",
                    "+FIRST_BYTE",
                    "-FIRST_BYTE",
                    "retried",
                    "+CONNECT",
                    "-CONNECT",
                    "new");
        }
    }

    @Test
    void aFailureIsTold() throws Exception {
        settings.listener = journal;
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.readRequest())) {
            WireRequest request = tagged("GET", false, server.port(), "first");
            send(request, ClientTimeout.NONE, true).failure();
            List<String> events = journal.of(request);
            assertEquals("failed", events.get(events.size() - 1));
        }
    }

    @Test
    void whateverAListenerThrowsChangesNothing() throws Exception {
        settings.listener = new Throwing();
        try (ScriptedServer server = ScriptedServer.answering(ok("x"))) {
            assertEquals("x", get(server).body());
            assertEquals("x", get(server).body());
            assertEquals(1, server.connections());
        }
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.readRequest())) {
            assertInstanceOf(ServerDisconnectedException.class, get(server).failure());
        }
    }

    /** Throws what need not be declared: in Kotlin a checked exception, too. */
    private static final class Throwing implements ClientListener {
        @Override
        public void phaseStarted(RequestInfo request, Phase phase) {
            throw new AssertionError("A listener that fails");
        }

        @Override
        public void responded(RequestInfo request, int status) {
            undeclared(new IOException("A listener that fails"));
        }

        @Override
        public void ended(RequestInfo request, @Nullable Throwable error) {
            throw new StackOverflowError("A listener that fails");
        }

        @SuppressWarnings("unchecked")
        private static <E extends Exception> void undeclared(Exception error) throws E {
            throw (E) error;
        }
    }
}

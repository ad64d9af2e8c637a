package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.testing.VirtualTime.ms;
import static dev.jawait.testing.VirtualTime.now;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A retry policy, on a clock that jumps. */
@Timeout(30)
@ExtendWith(NothingLeft.class)
class RetryTest {
    private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";

    private final AtomicInteger requests = new AtomicInteger();

    private static RetryPolicy.Builder policy() {
        return RetryPolicy.builder().backoff(ms(100), ms(1000)).jitter(false);
    }

    private static ClientSession session(RetryPolicy policy) {
        return ClientSession.builder().retry(policy).build();
    }

    /** Answers in turn, the last one for ever. */
    private ScriptedServer answering(String... responses) throws IOException {
        return ScriptedServer.start(connection -> {
            while (connection.readRequest() != null) {
                connection.send(responses[Math.min(requests.getAndIncrement(), responses.length - 1)]);
            }
        });
    }

    private static String text(ClientSession session, String url) throws Exception {
        return await(session.get(url).text());
    }

    @Test
    void itPausesTwiceAsLongEachTime() throws IOException {
        try (ScriptedServer server = answering(BUSY, BUSY, BUSY, ScriptedServer.ok("at last"));
                ClientSession session = session(policy().attempts(4).build())) {
            virtually(() -> {
                assertEquals("at last", text(session, server.url("/")));
                assertEquals(700, now());
            });
            assertEquals(4, requests.get());
            assertEquals(1, server.connections(), "What was answered is read away, and its connection goes on");
        }
    }

    @Test
    void aPauseHasABound() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().attempts(7).build())) {
            virtually(() -> {
                assertEquals(503, await(session.get(server.url("/")).use(ClientResponse::status)));
                assertEquals(100 + 200 + 400 + 800 + 1000 + 1000, now());
            });
            assertEquals(7, requests.get());
        }
    }

    @Test
    void withJitterAPauseIsAPartOfThat() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session =
                        session(policy().attempts(5).jitter(true).build())) {
            virtually(() -> {
                text(session, server.url("/"));
                assertTrue(now() <= 1500, "paused " + now());
            });
        }
    }

    @Test
    void theLastAnswerIsTheResponse() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().attempts(2).build())) {
            virtually(() -> assertEquals("busy", text(session, server.url("/"))));
            ClientResponseException error = assertThrows(
                    ClientResponseException.class,
                    () -> virtually(() -> await(
                            session.get(server.url("/")).raiseForStatus(true).text())));
            assertEquals(503, error.status());
        }
    }

    @Test
    void retryAfterIsKeptTo() throws IOException {
        String later = BUSY.replace("\r\n\r\n", "\r\nRetry-After: 7\r\n\r\n");
        try (ScriptedServer server = answering(later, ScriptedServer.ok("ok"));
                ClientSession session = session(policy().build())) {
            virtually(() -> {
                assertEquals("ok", text(session, server.url("/")));
                assertEquals(7000, now());
            });
        }
    }

    @Test
    void retryAfterMayBeADate() throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        String later = BUSY.replace("\r\n\r\n", "\r\nRetry-After: " + date + "\r\n\r\n");
        try (ScriptedServer server = answering(later, ScriptedServer.ok("ok"));
                ClientSession session = session(policy().build())) {
            virtually(() -> {
                assertEquals("ok", text(session, server.url("/")));
                assertTrue(now() > 10_000 && now() <= 30_000, "paused " + now());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-1", "99999999999999999999", "61"})
    void aRetryAfterThatIsTooLongOrNoTimeIsNotWaitedFor(String value) throws IOException {
        String later = BUSY.replace("\r\n\r\n", "\r\nRetry-After: " + value + "\r\n\r\n");
        try (ScriptedServer server = answering(later);
                ClientSession session = session(policy().attempts(2).build())) {
            virtually(() -> {
                assertEquals("busy", text(session, server.url("/")));
                assertTrue(now() <= 100, "paused " + now());
            });
        }
    }

    @Test
    void noPauseOutlastsTheTotalLimit() throws IOException {
        String later = BUSY.replace("\r\n\r\n", "\r\nRetry-After: 30\r\n\r\n");
        try (ScriptedServer server = answering(later);
                ClientSession session = session(policy().build())) {
            virtually(() -> {
                Duration total = Duration.ofSeconds(20);
                assertEquals(
                        "busy",
                        await(session.get(server.url("/")).timeout(total).text()));
                assertEquals(0, now());
            });
            assertEquals(1, requests.get());
        }
    }

    @Test
    void aRefusedConnectionIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> told = new CopyOnWriteArrayList<>();
        try (ClientSession session = ClientSession.builder()
                .retry(policy().attempts(3).build())
                .listener(new ClientListener() {
                    @Override
                    public void started(RequestInfo request) {
                        told.add("attempt " + request.attempt());
                    }

                    @Override
                    public void retried(RequestInfo request, Throwable cause) {
                        told.add("retried " + cause.getClass().getSimpleName());
                    }
                })
                .build()) {
            virtually(() -> {
                assertThrows(ClientConnectorException.class, () -> text(session, "http://127.0.0.1:" + port + "/"));
                assertEquals(300, now());
            });
            String retried = "retried ClientConnectorException";
            assertEquals(List.of("attempt 1", retried, "attempt 2", retried, "attempt 3"), told);
        }
    }

    @Test
    void theListenerHearsOfAStatusToo() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = answering(BUSY, ScriptedServer.ok("ok"));
                ClientSession session = ClientSession.builder()
                        .retry(policy().build())
                        .listener(new ClientListener() {
                            @Override
                            public void retried(RequestInfo request, Throwable cause) {
                                told.add(request.attempt() + " " + ((ClientResponseException) cause).status());
                            }
                        })
                        .build()) {
            virtually(() -> text(session, server.url("/")));
            assertEquals(List.of("1 503"), told);
        }
    }

    @Test
    void aPostIsNotRepeatedUnlessThePolicySaysSo() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().build())) {
            virtually(() -> await(session.post(server.url("/")).body("x").text()));
            assertEquals(1, requests.get());
            RetryPolicy posts = policy().methods(Set.of("POST")).attempts(2).build();
            virtually(() ->
                    await(session.post(server.url("/")).retry(posts).body("x").text()));
            assertEquals(3, requests.get());
        }
    }

    @Test
    void aBodyThatIsSpentIsNotRepeated() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().build())) {
            RequestBody once = RequestBody.stream(new ByteArrayInputStream(new byte[10]));
            virtually(() -> await(session.put(server.url("/")).body(once).text()));
            assertEquals(1, requests.get());
            virtually(() -> await(session.put(server.url("/")).body("again").text()));
            assertEquals(4, requests.get());
        }
    }

    @Test
    void anErrorThatIsNotAConnectionsIsFinal() throws IOException {
        try (ScriptedServer server = answering("HTTP/1.1 nonsense\r\n\r\n");
                ClientSession session = session(policy().build())) {
            assertThrows(ClientResponseException.class, () -> virtually(() -> text(session, server.url("/"))));
            assertEquals(1, requests.get());
        }
    }

    @Test
    void whichErrorsAreTriedAgainCanBeSaid() throws IOException {
        try (ScriptedServer server = answering("HTTP/1.1 nonsense\r\n\r\n", ScriptedServer.ok("ok"));
                ClientSession session = session(policy().errors(error -> error instanceof ClientResponseException)
                        .build())) {
            virtually(() -> assertEquals("ok", text(session, server.url("/"))));
        }
    }

    @Test
    void aSessionAllowsItselfOnlySoManyRetries() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().attempts(2).budget(0.5).build())) {
            virtually(() -> {
                for (int i = 0; i < 100; i++) {
                    text(session, server.url("/"));
                }
            });
            // Ten are free, and each request earns half of one.
            assertEquals(100 + 10 + 50, requests.get());
        }
    }

    @Test
    void withoutABudgetThereIsNoSuchLimit() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().attempts(2).budget(0).build())) {
            virtually(() -> {
                for (int i = 0; i < 50; i++) {
                    text(session, server.url("/"));
                }
            });
            assertEquals(100, requests.get());
        }
    }

    @Test
    void theRequestsOptionGoesBeforeTheSessions() throws IOException {
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(policy().build())) {
            virtually(() ->
                    await(session.get(server.url("/")).retry(RetryPolicy.NONE).text()));
            assertEquals(1, requests.get());
        }
    }

    @Test
    void eachHopHasItsAttempts() throws IOException {
        List<String> targets = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    for (Request request = connection.readRequest();
                            request != null;
                            request = connection.readRequest()) {
                        targets.add(request.target());
                        connection.send(
                                targets.size() % 2 == 1
                                        ? BUSY
                                        : request.target().equals("/from")
                                                ? "HTTP/1.1 302 Go\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n"
                                                : ScriptedServer.ok("there"));
                    }
                });
                ClientSession session = session(policy().attempts(2).build())) {
            virtually(() -> assertEquals("there", text(session, server.url("/from"))));
            assertEquals(List.of("/from", "/from", "/to", "/to"), targets);
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RetryPolicy.attempts(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> policy().backoff(ms(-1), ms(1)).build());
        assertThrows(IllegalArgumentException.class, () -> policy().budget(-1).build());
    }

    @Test
    void aPauseBeyondAllMeasureIsTooLong() throws IOException {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(RetryPolicy.builder()
                        .attempts(2)
                        .jitter(false)
                        .backoff(ages, ages)
                        .build())) {
            virtually(() -> assertEquals("busy", text(session, server.url("/"))));
        }
        try (ScriptedServer server = answering(BUSY);
                ClientSession session = session(
                        RetryPolicy.builder().attempts(2).backoff(ages, ages).build())) {
            virtually(() -> assertEquals("busy", text(session, server.url("/"))));
        }
    }

    @Test
    void whatIsWrongWithACertificateIsNotTriedAgain() {
        assertTrue(RetryPolicy.isTransient(new ServerDisconnectedException("gone", null)));
        assertFalse(RetryPolicy.isTransient(new ClientConnectorCertificateException("wrong", null)));
        assertFalse(RetryPolicy.isTransient(new ServerFingerprintMismatchException("wrong", null)));
    }
}

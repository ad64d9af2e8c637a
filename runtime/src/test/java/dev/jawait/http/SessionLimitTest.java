package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits of time and of connections, as a session's user sees them. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class SessionLimitTest {
    private static final ClientTimeout NO_LIMITS = ClientTimeout.NONE;

    private static ScriptedServer halfABody() throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            connection.stall();
            connection.send("67890");
        });
    }

    @Test
    void silenceWithinABodyIsLimitedBySockRead() throws IOException {
        ClientTimeout limits =
                NO_LIMITS.toBuilder().sockRead(Duration.ofMillis(80)).build();
        try (ScriptedServer server = halfABody();
                ClientSession session = ClientSession.builder().timeout(limits).build()) {
            ClientTimeoutException error = assertThrows(
                    ClientTimeoutException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals("sockRead", error.limitName());
            assertEquals(Phase.READ, error.phase());
        }
    }

    @Test
    void aReaderThatTakesItsTimeDoesNotUseUpSockRead() throws IOException {
        ClientTimeout limits =
                NO_LIMITS.toBuilder().sockRead(Duration.ofMillis(150)).build();
        try (ScriptedServer server = halfABody();
                ClientSession session = ClientSession.builder().timeout(limits).build()) {
            run(session.get(server.url("/")).use(response -> {
                assertNotNull(await(response.body().read()));
                // Longer than the limit, on purpose: nobody reads meanwhile.
                Thread.sleep(400);
                server.release();
                assertNotNull(await(response.body().read()));
                return null;
            }));
        }
    }

    @Test
    void theTotalLimitCoversTheBody() throws IOException {
        try (ScriptedServer server = halfABody();
                ClientSession session = ClientSession.create()) {
            ClientTimeoutException error = assertThrows(
                    ClientTimeoutException.class,
                    () -> run(session.get(server.url("/"))
                            .timeout(Duration.ofMillis(80))
                            .text()));
            assertEquals("total", error.limitName());
        }
    }

    @Test
    void theConnectLimitCoversTheWaitForThePool() throws Exception {
        ClientTimeout limits =
                NO_LIMITS.toBuilder().connect(Duration.ofMillis(80)).build();
        try (ScriptedServer server = halfABody();
                ClientSession session = ClientSession.builder()
                        .connector(Connector.builder().limit(1).build())
                        .timeout(limits)
                        .build();
                Connector pool = session.connector()) {
            Task<String> first = session.get(server.url("/")).text().start();
            server.awaitRequests(1);
            ClientTimeoutException error = assertThrows(
                    ClientTimeoutException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertEquals("connect", error.limitName());
            assertEquals(Phase.POOL, error.phase());
            assertEquals(0, pool.stats().waiting());
            server.release();
            assertEquals("1234567890", first.join());
        }
    }

    @Test
    void aHostAtItsLimitDoesNotHoldUpAnother() throws Exception {
        try (ScriptedServer busy = halfABody();
                ScriptedServer free = ScriptedServer.answering(ScriptedServer.ok("free"));
                Connector pool = Connector.builder().limit(3).limitPerHost(1).build();
                ClientSession session = ClientSession.builder().connector(pool).build()) {
            List<Task<String>> stuck = IntStream.range(0, 20)
                    .mapToObj(i -> session.get(busy.url("/")).text().start())
                    .toList();
            busy.awaitRequests(1);
            assertEquals("free", run(session.get(free.url("/")).text()));
            assertEquals(1, busy.connections());
            stuck.forEach(Task::cancel);
            run(gather(stuck).returnExceptions());
        }
    }

    @Test
    void whoWaitsIsServedInTheOrderOfArrival() throws Exception {
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    for (var request = connection.readRequest(); request != null; request = connection.readRequest()) {
                        served.add(request.target());
                        if (request.target().equals("/0")) {
                            connection.stall();
                        }
                        connection.send(ScriptedServer.ok("ok"));
                    }
                });
                Connector pool = Connector.builder().limit(1).build();
                ClientSession session = ClientSession.builder().connector(pool).build()) {
            List<Task<String>> tasks = new ArrayList<>();
            tasks.add(session.get(server.url("/0")).text().start());
            server.awaitRequests(1);
            for (int i = 1; i < 10; i++) {
                tasks.add(session.get(server.url("/" + i)).text().start());
                int waiting = i;
                Waiting.until("the queue", () -> pool.stats().waiting() == waiting);
            }
            server.release();
            run(gather(tasks));
            assertEquals(IntStream.range(0, 10).mapToObj(i -> "/" + i).toList(), served);
        }
    }
}

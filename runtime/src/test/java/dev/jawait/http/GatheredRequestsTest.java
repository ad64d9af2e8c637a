package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.ContextVar;
import dev.jawait.Coroutine;
import dev.jawait.Outcome;
import dev.jawait.Task;
import dev.jawait.TaskTree;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

/** Requests in a {@code gather} with a limit, where they run in the tasks of the lanes. */
@Timeout(30)
@ExtendWith(NothingLeft.class)
class GatheredRequestsTest {
    private final CyclicBarrier three = new CyclicBarrier(3);
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                switch (request.target()) {
                    case "/missing" -> connection.send("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
                    case "/never?key=s3cret" -> connection.awaitClose();
                    default -> {
                        if (request.target().startsWith("/three")) {
                            three.await(10, TimeUnit.SECONDS);
                        }
                        connection.send(ScriptedServer.ok(request.target()));
                    }
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private List<Coroutine<String>> texts(ClientSession session, String... paths) {
        return Stream.of(paths)
                .map(path -> session.get(server.url(path)).raiseForStatus(true).text())
                .toList();
    }

    @Test
    void asManyAreSentAtOnceAsTheLimitSaysAndResultsAreInOrder() {
        String[] paths = {"/three/1", "/three/2", "/three/3", "/three/4", "/three/5", "/three/6"};
        try (ClientSession session = ClientSession.create()) {
            assertEquals(List.of(paths), run(gather(texts(session, paths)).limit(3)));
            assertEquals(3, session.connector().stats().opened());
        }
    }

    @Test
    void oneThatFailsLeavesTheOthersInItsLaneAlone() {
        try (ClientSession session = ClientSession.create()) {
            List<Outcome<String>> outcomes =
                    run(gather(texts(session, "/a", "/missing", "/b")).limit(1).returnExceptions());
            assertEquals(new Outcome.Success<>("/a"), outcomes.get(0));
            assertInstanceOf(ClientResponseException.class, outcomes.get(1).exceptionOrNull());
            assertEquals(new Outcome.Success<>("/b"), outcomes.get(2));
        }
    }

    @Test
    void theFirstFailureCancelsTheRestOnRequest() throws InterruptedException {
        try (ClientSession session = ClientSession.create()) {
            Coroutine<List<String>> both = gather(texts(session, "/never?key=s3cret", "/missing"))
                    .limit(2)
                    .cancelOnFailure();
            assertThrows(ClientResponseException.class, () -> run(both));
            Waiting.until("closed", () -> server.openConnections() == 1);
            assertEquals(1, session.connector().stats().idle());
        }
    }

    @Test
    void cancellingTheGatherCancelsTheRequestOfALane() throws InterruptedException {
        try (ClientSession session = ClientSession.create()) {
            Task<List<String>> task =
                    gather(texts(session, "/never?key=s3cret", "/b")).limit(1).start();
            server.awaitRequests(1);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            server.awaitNoConnections();
            assertEquals(1, server.requests());
        }
    }

    @Test
    void aDumpTellsWhichRequestALaneWaitsForWithoutItsQuery() throws InterruptedException {
        try (ClientSession session = ClientSession.create()) {
            Task<List<String>> task =
                    gather(texts(session, "/never?key=s3cret")).limit(1).start();
            server.awaitRequests(1);
            String dump = TaskTree.capture().toString();
            assertTrue(dump.contains("the response to GET " + server.url("/never")), dump);
            assertTrue(!dump.contains("s3cret"), dump);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
        }
    }

    @Test
    void aLaneThatAListenerCancelsCancelsTheGather() {
        ClientListener cancelling = new ClientListener() {
            @Override
            public void started(RequestInfo request) {
                currentTask().cancel();
            }
        };
        try (ClientSession session =
                ClientSession.builder().listener(cancelling).build()) {
            assertThrows(
                    CancelledException.class,
                    () -> run(gather(texts(session, "/a", "/b")).limit(1).returnExceptions()));
        }
    }

    @Test
    void whatAListenerSetsForOneRequestIsNotThereForTheNext() {
        ContextVar<String> name = ContextVar.create("name", "none");
        List<String> seen = new CopyOnWriteArrayList<>();
        ClientListener setting = new ClientListener() {
            @Override
            public void started(RequestInfo request) {
                seen.add(name.get() + ", " + MDC.get("url"));
                name.set(request.url().getPath());
                MDC.put("url", request.url().getPath());
            }
        };
        try (ClientSession session = ClientSession.builder().listener(setting).build()) {
            run(gather(texts(session, "/a", "/b")).limit(1));
        }
        assertEquals(List.of("none, null", "none, null"), seen);
    }

    @Test
    void aMiddlewareFindsATaskForEachRequestAlone() {
        List<Task<?>> tasks = new CopyOnWriteArrayList<>();
        ClientMiddleware noting = (request, next) -> {
            tasks.add(currentTask());
            return await(next.send(request));
        };
        try (ClientSession session = ClientSession.builder().middleware(noting).build()) {
            run(gather(texts(session, "/a", "/b")).limit(1));
        }
        assertEquals(2, tasks.size());
        assertNotSame(tasks.get(0), tasks.get(1));
    }
}

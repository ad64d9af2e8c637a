package dev.jawait.net;

import static dev.jawait.Async.allTasks;
import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Task;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(60)
class ServerTest {
    private static final String HERE = "127.0.0.1";

    /** Sends each line back. */
    private static void echo(SocketStream stream) {
        for (String line = await(stream.readLine()); line != null; line = await(stream.readLine())) {
            stream.write(line + "\n");
            await(stream.drain());
        }
    }

    private static Coroutine<Integer> conversation(Server server, String host, StreamOptions options, int lines) {
        return async(() -> {
            try (SocketStream stream = await(Streams.connect(host, server.port(), options))) {
                for (int i = 0; i < lines; i++) {
                    stream.write("line " + i + " of " + stream.localAddress().getPort() + "\n");
                    assertEquals("line " + i + " of " + stream.localAddress().getPort(), await(stream.readLine()));
                }
                return lines;
            }
        });
    }

    @Test
    void manyClientsAreServedAtOnce() {
        AtomicInteger ended = new AtomicInteger();
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                echo(stream);
                ended.incrementAndGet();
            }));
            await(use(server, serving -> {
                List<Coroutine<Integer>> clients = IntStream.range(0, 200)
                        .mapToObj(i -> conversation(serving, HERE, StreamOptions.DEFAULT, 25))
                        .toList();
                return await(gather(clients));
            }));
            assertEquals(200, ended.get());
            assertThrows(UncheckedIOException.class, () -> await(Streams.connect(HERE, server.port())));
        });
    }

    @Test
    void manyClientsAreServedAtOnceUnderTls() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        StreamOptions asServer = StreamOptions.DEFAULT.tls(certificates.serverContext());
        StreamOptions asClient = StreamOptions.DEFAULT.tls(certificates.clientContext());
        run(() -> {
            Server server = await(Streams.serve("localhost", 0, asServer, ServerTest::echo));
            await(use(server, serving -> {
                List<Coroutine<Integer>> clients = IntStream.range(0, 30)
                        .mapToObj(i -> conversation(serving, "localhost", asClient, 10))
                        .toList();
                return await(gather(clients));
            }));
        });
    }

    @Test
    void whatAHandlerThrowsBreaksTheConnectionOfItsClientAlone() {
        String log = Logged.by(() -> run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                if (await(stream.readLine()).equals("fail")) {
                    throw new Exception("checked");
                }
                stream.write("well\n");
            }));
            try (SocketStream good = await(Streams.connect(HERE, server.port()));
                    SocketStream bad = await(Streams.connect(HERE, server.port()))) {
                bad.write("fail\n");
                assertThrows(UncheckedIOException.class, () -> await(bad.recv(1)));
                good.write("do\n");
                assertEquals("well", await(good.readLine()));
                assertNull(await(good.readLine()));
            }
            server.close();
            await(server.waitClosed());
        }));
        assertTrue(log.contains("The handler of SocketStream[to 127.0.0.1:"), log);
        assertTrue(log.contains("checked"), log);
    }

    @Test
    void aClosedServerServesItsClientsToTheirEnd() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, ServerTest::echo));
            SocketStream client = await(Streams.connect(HERE, server.port()));
            client.write("one\n");
            assertEquals("one", await(client.readLine()));
            server.close();
            server.close();
            Task<?> closed = createTask(server.waitClosed());
            client.write("two\n");
            assertEquals("two", await(client.readLine()));
            assertFalse(closed.isDone());
            client.close();
            await(closed);
            assertThrows(UncheckedIOException.class, () -> await(Streams.connect(HERE, server.port())));
        });
    }

    @Test
    void closingTheClientsEndsTheirHandlersWithoutAnErrorInTheLog() {
        String log = Logged.by(() -> run(() -> {
            Server server = await(Streams.serve(HERE, 0, ServerTest::echo));
            // One waits to read, one to write.
            try (SocketStream reader = await(Streams.connect(HERE, server.port()));
                    SocketPairs stuck = SocketPairs.stuckAt(server)) {
                reader.write("x\n");
                assertEquals("x", await(reader.readLine()));
                server.close();
                server.closeClients();
                assertNull(await(reader.readLine()));
                assertFalse(createTask(server.waitClosed()).isDone());
                server.abortClients();
                await(server.waitClosed());
                assertTrue(stuck.stream.remoteAddress().getPort() == server.port());
            }
        }));
        assertEquals("", log);
    }

    /** A client that sends and does not read, until the server waits to write. */
    private record SocketPairs(SocketStream stream, Task<?> writer) implements AutoCloseable {
        static SocketPairs stuckAt(Server server) throws InterruptedException {
            SocketStream stream = await(Streams.connect(HERE, server.port(), StreamOptions.DEFAULT.limit(1000)));
            AtomicInteger written = new AtomicInteger();
            Task<?> writer = createTask(async(() -> {
                while (true) {
                    stream.write("0123456789\n".repeat(10_000));
                    await(stream.drain());
                    written.incrementAndGet();
                }
            }));
            int before = -1;
            while (written.get() != before) {
                before = written.get();
                await(sleep(Duration.ofMillis(100)));
            }
            return new SocketPairs(stream, writer);
        }

        @Override
        public void close() {
            assertThrows(RuntimeException.class, () -> await(writer));
            stream.abort();
        }
    }

    @Test
    void servingForeverEndsWhenTheServerDoes() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, ServerTest::echo));
            Task<?> forever = createTask(server.serveForever());
            try (SocketStream client = await(Streams.connect(HERE, server.port()))) {
                client.write("x\n");
                assertEquals("x", await(client.readLine()));
                server.close();
            }
            await(forever);
        });
    }

    @Test
    void servingForeverCancelledDisconnectsTheClients() {
        run(() -> {
            CountDownLatch ended = new CountDownLatch(1);
            Server server = await(Streams.serve(HERE, 0, stream -> {
                echo(stream);
                ended.countDown();
            }));
            Task<?> forever = createTask(server.serveForever());
            try (SocketStream client = await(Streams.connect(HERE, server.port()))) {
                client.write("x\n");
                assertEquals("x", await(client.readLine()));
                forever.cancel();
                assertThrows(CancelledException.class, () -> await(forever));
                assertEquals(0, ended.getCount());
                assertNull(await(client.readLine()));
            }
        });
    }

    @Test
    void aServerEndsWithTheRunItWasStartedIn() {
        CountDownLatch ended = new CountDownLatch(1);
        SocketStream[] client = new SocketStream[1];
        int port = run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                try {
                    echo(stream);
                } finally {
                    ended.countDown();
                }
            }));
            client[0] = await(Streams.connect(HERE, server.port()));
            client[0].write("x\n");
            assertEquals("x", await(client[0].readLine()));
            assertTrue(
                    allTasks().stream().anyMatch(task -> task.name().equals("server at 127.0.0.1:" + server.port())));
            return server.port();
        });
        assertEquals(0, ended.getCount());
        assertThrows(UncheckedIOException.class, () -> run(client[0].recv(1)));
        client[0].close();
        assertThrows(UncheckedIOException.class, () -> run(Streams.connect(HERE, port)));
    }

    @Test
    void aBodyThatFailsDisconnectsTheClients() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, ServerTest::echo));
            try (SocketStream client = await(Streams.connect(HERE, server.port()))) {
                client.write("x\n");
                assertEquals("x", await(client.readLine()));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> await(use(server, serving -> {
                            throw new IllegalArgumentException();
                        })));
                assertNull(await(client.readLine()));
            }
        });
    }

    @Test
    void aServerThatIsStartedAsItsTaskIsCancelledDoesNotListen() throws Exception {
        for (int round = 0; round < 100; round++) {
            Task<Server> starting = Streams.serve(HERE, 0, ServerTest::echo).start();
            starting.cancel();
            try {
                starting.join().close();
            } catch (CancelledException cancelled) {
                // Nothing listens, and no task serves.
            }
        }
        Waiting.until("no task", () -> allTasks().isEmpty());
    }
}

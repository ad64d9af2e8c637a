package dev.jawait.net;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.use;
import static dev.jawait.testing.VirtualTime.virtually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Runner;
import dev.jawait.Task;
import dev.jawait.TaskTree;
import dev.jawait.runtime.tasks.TaskImpl;
import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class SocketListenerTest {
    private static final String HERE = "127.0.0.1";

    @Test
    void whoWaitsFirstIsServedFirst() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0))) {
                List<Task<SocketStream>> accepting = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    Task<SocketStream> next = createTask(listener.accept());
                    accepting.add(next);
                    Waiting.until("a place in the line", () -> isWaiting(next));
                }
                for (Task<SocketStream> next : accepting) {
                    try (Socket client = new Socket(HERE, listener.port());
                            SocketStream stream = await(next)) {
                        assertEquals(
                                client.getLocalPort(), stream.remoteAddress().getPort());
                    }
                }
            }
        });
    }

    private static boolean isWaiting(Task<?> task) {
        return ((TaskImpl<?>) task).node().state() == TaskTree.State.WAITING;
    }

    @Test
    void clientsThatCameBeforeTheyWereAskedForAreAcceptedInTurn() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0));
                    Socket first = new Socket(HERE, listener.port());
                    Socket second = new Socket(HERE, listener.port());
                    SocketStream one = await(listener.accept());
                    SocketStream two = await(listener.accept())) {
                assertEquals(first.getLocalPort(), one.remoteAddress().getPort());
                assertEquals(second.getLocalPort(), two.remoteAddress().getPort());
                assertEquals(listener.port(), one.localAddress().getPort());
            }
        });
    }

    @Test
    void closingWakesAllWhoAcceptAndRefusesClients() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            List<Task<SocketStream>> accepting = Stream.generate(() -> createTask(listener.accept()))
                    .limit(3)
                    .toList();
            listener.close();
            listener.close();
            for (Task<SocketStream> task : accepting) {
                IllegalStateException error = assertThrows(IllegalStateException.class, () -> await(task));
                assertEquals("The listener at 127.0.0.1:" + listener.port() + " is closed", error.getMessage());
            }
            assertThrows(IllegalStateException.class, () -> await(listener.accept()));
            Waiting.until("the end of listening", () -> isRefused(listener.port()));
        });
    }

    @Test
    void clientsThatNobodyAcceptsAreDisconnectedByClosing() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            try (Socket client = new Socket(HERE, listener.port())) {
                listener.close();
                assertThrows(IOException.class, () -> {
                    client.getOutputStream().write(1);
                    while (client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(1);
                    }
                    throw new IOException("The end");
                });
            }
        });
    }

    @Test
    void useClosesIt() {
        run(() -> {
            for (int i = 0; i < 100; i++) {
                SocketListener listener = await(Streams.listen(HERE, 0));
                int port = await(use(listener, SocketListener::port));
                assertThrows(ConnectException.class, () -> new Socket(HERE, port));
            }
        });
    }

    @Test
    void whatCannotBeBoundIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            UncheckedIOException error = assertThrows(
                    UncheckedIOException.class, () -> run(Streams.listen("0.0.0.0", taken.getLocalPort())));
            assertInstanceOf(BindException.class, error.getCause());
            assertTrue(error.getMessage().startsWith("Cannot listen at 0.0.0.0:"), error.getMessage());
        }
        UncheckedIOException foreign =
                assertThrows(UncheckedIOException.class, () -> run(Streams.listen("192.0.2.1", 0)));
        assertInstanceOf(IOException.class, foreign.getCause());
        UncheckedIOException unknown =
                assertThrows(UncheckedIOException.class, () -> run(Streams.listen("nowhere.invalid", 0)));
        assertInstanceOf(UnknownHostException.class, unknown.getCause());
        assertThrows(IllegalArgumentException.class, () -> Streams.listen(HERE, -1));
        assertThrows(IllegalArgumentException.class, () -> Streams.serve(HERE, 65_536, stream -> {}));
        assertThrows(IllegalArgumentException.class, () -> Streams.connect(HERE, 65_536));
    }

    @Test
    void whatCannotBeReachedIsNamed() {
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> run(Streams.connect(HERE, 1)));
        assertInstanceOf(ConnectException.class, refused.getCause());
        assertTrue(refused.getMessage().startsWith("Cannot connect to 127.0.0.1:1: "), refused.getMessage());
        UncheckedIOException unknown =
                assertThrows(UncheckedIOException.class, () -> run(Streams.connect("nowhere.invalid", 1)));
        assertInstanceOf(UnknownHostException.class, unknown.getCause());
        assertThrows(IllegalArgumentException.class, () -> run(Streams.connect("127.1", 1)));
    }

    @Test
    void aStreamMayBeConnectedFromAGivenAddress() {
        run(() -> {
            StreamOptions fromTwo = StreamOptions.DEFAULT.localAddress(new InetSocketAddress("127.0.0.2", 0));
            try (SocketListener listener = await(Streams.listen(HERE, 0));
                    SocketStream client = await(Streams.connect(HERE, listener.port(), fromTwo));
                    SocketStream server = await(listener.accept())) {
                assertEquals("127.0.0.2", server.remoteAddress().getHostString());
                assertEquals(client.localAddress(), server.remoteAddress());
            }
        });
    }

    @Test
    void aListenerThatNobodyHasAnyMoreIsClosedAndLogged() {
        String log = Logged.by(() -> {
            int port = run(SocketListenerTest::lose);
            Garbage.collectUntil(() -> isRefused(port), 10_000);
            assertTrue(isRefused(port));
        });
        assertTrue(log.contains("A listener at 127.0.0.1:"), log);
        assertTrue(log.contains("was never closed"), log);
    }

    private static int lose() {
        return await(Streams.listen(HERE, 0)).port();
    }

    private static boolean isRefused(int port) {
        try (Socket reached = new Socket(HERE, port)) {
            return !reached.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void aRunnerOfVirtualTimeLeavesItsSocketsToTheSharedOne() {
        virtually(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0));
                    SocketStream client = await(Streams.connect(HERE, listener.port()));
                    SocketStream server = await(listener.accept())) {
                client.write("hello\n");
                assertEquals("hello", await(server.readLine()));
            }
        });
    }

    @Test
    void aConfinedRunnerServesSockets() {
        try (Runner runner = Runner.confined()) {
            runner.run(() -> {
                try (SocketListener listener = await(Streams.listen("localhost", 0))) {
                    Task<SocketStream> accepting = createTask(listener.accept());
                    try (SocketStream client = await(Streams.connect("localhost", listener.port()));
                            SocketStream server = await(accepting)) {
                        client.write("hello\n");
                        assertEquals("hello", await(server.readLine()));
                    }
                }
            });
        }
    }

    @Test
    void aRunnerThatClosesBreaksItsStreamsForOthers() {
        Runner runner = Runner.builder().loops(1).build();
        SocketStream[] ends = runner.run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0))) {
                SocketStream client = await(Streams.connect(HERE, listener.port()));
                return new SocketStream[] {client, await(listener.accept())};
            }
        });
        Task<String> line = ends[0].readLine().start();
        assertFalse(line.isDone());
        runner.close();
        assertThrows(UncheckedIOException.class, line::join);
        ends[0].close();
        assertThrows(UncheckedIOException.class, () -> ends[1].write("more"));
        ends[1].close();
    }
}

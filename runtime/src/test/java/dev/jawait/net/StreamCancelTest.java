package dev.jawait.net;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.toThread;
import static dev.jawait.Async.use;
import static dev.jawait.Async.withTimeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancels at any moment: no byte, no client and no socket is lost. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class StreamCancelTest {
    private static final String HERE = "127.0.0.1";

    private static Duration moment(Random random) {
        return Duration.ofNanos(1 + random.nextInt(300_000));
    }

    private static void spin(Random random) {
        for (int i = random.nextInt(20_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    @Test
    void impatientReadersLoseNoByte() {
        run(() -> {
            try (SocketPair pair = SocketPair.open(StreamOptions.DEFAULT.limit(1000))) {
                byte[] all = new byte[2_000_000];
                new Random(7).nextBytes(all);
                Task<?> sender = createTask(toThread(() -> {
                    for (int from = 0; from < all.length; from += 1000) {
                        pair.send(Arrays.copyOfRange(all, from, from + 1000));
                    }
                    pair.sendEnd();
                    return null;
                }));
                assertArrayEquals(all, readImpatiently(pair.stream));
                await(sender);
            }
        });
    }

    private static byte[] readImpatiently(SocketStream stream) {
        Random random = new Random(8);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!stream.atEof()) {
            try {
                read.writeBytes(await(withTimeout(moment(random), stream.recv(1 + random.nextInt(3000)))));
                read.writeBytes(await(withTimeout(moment(random), stream.readExactly(1 + random.nextInt(3000)))));
                read.writeBytes(await(withTimeout(moment(random), stream.readUntil(new byte[] {1}))));
            } catch (AsyncTimeoutException | LimitOverrunException impatient) {
                // Everything is still there.
            } catch (IncompleteReadException ended) {
                read.writeBytes(ended.partial());
            }
        }
        return read.toByteArray();
    }

    @Test
    void cancelledTasksOfReadsLoseNoByte() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                Random random = new Random(9);
                for (int round = 0; round < 2_000; round++) {
                    Task<byte[]> reading = createTask(pair.stream.recv(10));
                    pair.send("x");
                    spin(random);
                    reading.cancel();
                    String got = taken(reading);
                    assertEquals("x", got.isEmpty() ? new String(await(pair.stream.recv(10)), UTF_8) : got);
                }
            }
        });
    }

    private static String taken(Task<byte[]> reading) {
        try {
            return new String(await(reading), UTF_8);
        } catch (CancelledException cancelled) {
            return "";
        }
    }

    @Test
    void impatientAcceptsLoseNoClient() {
        run(() -> {
            int count = 300;
            Random random = new Random(10);
            List<Socket> clients = new ArrayList<>();
            List<SocketStream> accepted = new ArrayList<>();
            SocketListener listener = await(Streams.listen(HERE, 0, StreamOptions.DEFAULT.backlog(count)));
            while (clients.size() < count || accepted.size() < count) {
                if (clients.size() < count) {
                    clients.add(new Socket(HERE, listener.port()));
                }
                try {
                    accepted.add(await(withTimeout(moment(random), listener.accept())));
                } catch (AsyncTimeoutException impatient) {
                    // The client is the next one's.
                }
            }
            assertEquals(
                    ports(clients),
                    accepted.stream()
                            .map(stream -> stream.remoteAddress().getPort())
                            .toList());
            listener.close();
            accepted.forEach(SocketStream::close);
            for (Socket client : clients) {
                assertEquals(-1, client.getInputStream().read());
                client.close();
            }
        });
    }

    private static List<Integer> ports(List<Socket> clients) {
        return clients.stream().map(Socket::getLocalPort).toList();
    }

    @Test
    void cancelledTasksOfAcceptsLoseNoClient() {
        run(() -> {
            Random random = new Random(11);
            SocketListener listener = await(Streams.listen(HERE, 0));
            for (int round = 0; round < 500; round++) {
                Task<SocketStream> accepting = createTask(listener.accept());
                Socket client = new Socket(HERE, listener.port());
                spin(random);
                accepting.cancel();
                SocketStream stream;
                try {
                    stream = await(accepting);
                } catch (CancelledException cancelled) {
                    stream = await(listener.accept());
                }
                assertEquals(client.getLocalPort(), stream.remoteAddress().getPort());
                stream.abort();
                client.close();
            }
            listener.close();
        });
    }

    @Test
    void abandonedAcceptsDoNotAcceptAheadOfTime() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            for (int i = 0; i < 100; i++) {
                Task<?> accepting = createTask(listener.accept());
                accepting.cancel();
            }
            try (Socket first = new Socket(HERE, listener.port());
                    SocketStream stream = await(listener.accept())) {
                assertEquals(first.getLocalPort(), stream.remoteAddress().getPort());
            }
            listener.close();
        });
    }

    @Test
    void aCancelledListenLeavesThePortFree() throws Exception {
        String log = Logged.by(() -> run(() -> {
            Random random = new Random(13);
            int port = await(use(await(Streams.listen(HERE, 0)), SocketListener::port));
            for (int round = 0; round < 200; round++) {
                Task<SocketListener> listening = createTask(Streams.listen(HERE, port));
                spin(random);
                listening.cancel();
                try {
                    await(use(await(listening), SocketListener::port));
                } catch (CancelledException | UncheckedIOException cancelled) {
                    // Nothing listens, or, of the round before, soon nothing does.
                }
            }
            awaitFree(port);
        }));
        assertEquals("", log);
    }

    private static void awaitFree(int port) throws InterruptedException {
        Waiting.until("the port to be free", () -> {
            try (ServerSocket free = new ServerSocket(port)) {
                return free.isBound();
            } catch (IOException taken) {
                return false;
            }
        });
    }

    @Test
    void aCancelledConnectLeavesNoConnection() throws Exception {
        AtomicInteger connected = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.awaitClose())) {
            run(() -> {
                Random random = new Random(12);
                for (int round = 0; round < 500; round++) {
                    Task<SocketStream> connecting = createTask(Streams.connect(HERE, server.port()));
                    spin(random);
                    connecting.cancel();
                    try {
                        await(connecting).close();
                        connected.incrementAndGet();
                    } catch (CancelledException cancelled) {
                        // Nothing is left of it.
                    }
                }
            });
            server.awaitNoConnections();
        }
        assertTrue(connected.get() < 500);
    }

    @Test
    void aCancelledHandshakeLeavesNoConnection() throws Exception {
        StreamOptions tls =
                StreamOptions.DEFAULT.tls(TestCertificates.forHost("localhost").clientContext());
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.awaitClose())) {
            run(() -> {
                Task<SocketStream> connecting = createTask(Streams.connect("localhost", server.port(), tls));
                Waiting.until("a connection", () -> server.openConnections() == 1);
                connecting.cancel();
                assertThrows(CancelledException.class, () -> await(connecting));
            });
            server.awaitNoConnections();
        }
    }

    @Test
    void aCancelledStartOfTlsClosesTheStream() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                Task<?> starting = createTask(
                        pair.stream.startTls(TestCertificates.forHost(HERE).clientContext()));
                assertEquals(1, pair.receive(1).length);
                starting.cancel();
                assertThrows(CancelledException.class, () -> await(starting));
                await(pair.stream.waitClosed());
                assertThrows(IllegalStateException.class, () -> pair.stream.write("in the clear"));
            }
        });
    }

    @Test
    void aCancelledDrainLosesNothing() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                int much = 32 * 1024 * 1024;
                pair.stream.write(new byte[much]);
                for (int i = 0; i < 10; i++) {
                    assertThrows(
                            AsyncTimeoutException.class,
                            () -> await(withTimeout(Duration.ofMillis(1), pair.stream.drain())));
                }
                Task<?> drained = createTask(pair.stream.drain());
                assertEquals(much, pair.receive(much).length);
                await(drained);
            }
        });
    }
}

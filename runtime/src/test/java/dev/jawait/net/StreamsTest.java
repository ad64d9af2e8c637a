package dev.jawait.net;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.VirtualTime;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class StreamsTest {
    private static final String HERE = "127.0.0.1";

    /** What is done with the two ends of a connection. */
    private interface Ends {
        void use(SocketStream client, SocketStream server) throws Exception;
    }

    private static void connected(StreamOptions options, Ends ends) {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0, options));
            Task<SocketStream> accepting = createTask(listener.accept());
            SocketStream client = await(Streams.connect(HERE, listener.port(), options));
            SocketStream server = await(accepting);
            listener.close();
            try {
                ends.use(client, server);
            } finally {
                client.close();
                server.close();
                // How they end is not what is tested.
                await(gather(client.waitClosed(), server.waitClosed()).returnExceptions());
            }
        });
    }

    private static void connected(Ends ends) {
        connected(StreamOptions.DEFAULT, ends);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    // ---- reading

    @Test
    void recvGivesWhatIsThereAndNothingAtTheEnd() {
        connected((client, server) -> {
            client.write("hello");
            assertEquals("he", text(await(server.recv(2))));
            assertEquals("llo", text(await(server.recv(100))));
            assertFalse(server.atEof());
            client.close();
            assertEquals(0, await(server.recv(1)).length);
            assertTrue(server.atEof());
        });
    }

    @Test
    void readExactlyWaitsForAllOrTellsWhatCame() {
        connected((client, server) -> {
            Task<byte[]> reading = createTask(server.readExactly(5));
            client.write("he");
            await(sleep(ms(5)));
            assertFalse(reading.isDone());
            client.write("llo!");
            assertEquals("hello", text(await(reading)));
            client.close();
            IncompleteReadException ended =
                    assertThrows(IncompleteReadException.class, () -> await(server.readExactly(3)));
            assertArrayEquals(bytes("!"), ended.partial());
            assertEquals(0, await(server.readExactly(0)).length);
        });
    }

    @Test
    void linesComeWithoutTheirEndsAndTheLastMayLackIt() {
        connected((client, server) -> {
            client.write("one\r\ntw");
            client.write("o\n\nlast, grüße");
            client.writeEof();
            assertEquals("one", await(server.readLine()));
            assertEquals("two", await(server.readLine()));
            assertEquals("", await(server.readLine()));
            assertEquals("last, grüße", await(server.readLine()));
            assertNull(await(server.readLine()));
        });
    }

    @Test
    void readUntilTakesTheSeparatorToo() {
        connected((client, server) -> {
            client.write("a--");
            client.write("--b");
            assertEquals("a----", text(await(server.readUntil(bytes("----")))));
            client.close();
            assertArrayEquals(
                    bytes("b"),
                    assertThrows(IncompleteReadException.class, () -> await(server.readUntil(bytes("-"))))
                            .partial());
        });
    }

    @Test
    void whatIsLongerThanTheLimitIsRefusedAndStaysReadable() {
        connected(StreamOptions.DEFAULT.limit(10), (client, server) -> {
            client.write("x".repeat(11) + "\n");
            assertThrows(LimitOverrunException.class, () -> await(server.readLine()));
            assertThrows(LimitOverrunException.class, () -> await(server.readUntil(bytes("\n"))));
            assertEquals("x".repeat(11) + "\n", text(await(server.readExactly(12))));
            client.write("y".repeat(10) + "\n");
            assertEquals("y".repeat(10), await(server.readLine()));
        });
    }

    @Test
    void aCancelledReadLosesNoByte() {
        connected((client, server) -> {
            client.write("half a line");
            for (int i = 0; i < 3; i++) {
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(5), server.readLine())));
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(5), server.readExactly(1000))));
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(5), server.readAll())));
            }
            client.write(", and the rest\n");
            assertEquals("half a line, and the rest", await(server.readLine()));
        });
    }

    @Test
    void noTwoTasksMayReadAtOnce() {
        connected((client, server) -> {
            Task<byte[]> first = createTask(server.recv(1));
            await(sleep(ms(5)));
            assertThrows(IllegalStateException.class, () -> await(server.recv(1)));
            client.write("1");
            assertEquals("1", text(await(first)));
        });
    }

    @Test
    void nonsenseIsRefusedAtOnce() {
        connected((client, server) -> {
            assertThrows(IllegalArgumentException.class, () -> server.recv(0));
            assertThrows(IllegalArgumentException.class, () -> server.readExactly(-1));
            assertThrows(IllegalArgumentException.class, () -> server.readUntil(new byte[0]));
        });
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.limit(0));
        assertThrows(IllegalArgumentException.class, () -> run(() -> await(Streams.connect(HERE, 70_000))));
    }

    // ---- writing, back-pressure

    @Test
    void whoeverDoesNotReadStopsWhoeverDrains() {
        byte[] piece = new byte[64 * 1024];
        int pieces = 1024;
        connected((client, server) -> {
            AtomicInteger written = new AtomicInteger();
            Task<?> writing = createTask(async(() -> {
                for (int i = 0; i < pieces; i++) {
                    client.write(piece);
                    await(client.drain());
                    written.incrementAndGet();
                }
                client.writeEof();
            }));
            int before = -1;
            while (written.get() != before) {
                before = written.get();
                await(sleep(ms(100)));
            }
            assertTrue(before < pieces, "All of it was taken though nobody reads");
            long length = 0;
            for (byte[] got = await(server.recv(1 << 20)); got.length > 0; got = await(server.recv(1 << 20))) {
                length += got.length;
            }
            assertEquals((long) pieces * piece.length, length);
            await(writing);
        });
    }

    @Test
    void aReadOfMoreThanTheLimitIsNotStoppedByIt() {
        byte[] large = new byte[1 << 20];
        Arrays.fill(large, (byte) 7);
        connected(StreamOptions.DEFAULT.limit(100), (client, server) -> {
            Task<?> sending = createTask(client.sendAll(large));
            assertArrayEquals(large, await(server.readExactly(large.length)));
            await(sending);
        });
    }

    @Test
    void anEndOfWritingLeavesReadingOpen() {
        connected((client, server) -> {
            client.write("question");
            client.writeEof();
            assertEquals("question", text(await(server.readAll())));
            await(server.sendAll(bytes("answer")));
            server.close();
            assertEquals("answer", text(await(client.readAll())));
        });
    }

    // ---- closing

    @Test
    void closingSendsWhatWasWrittenAndRefusesMore() {
        connected((client, server) -> {
            Task<byte[]> waiting = createTask(client.recv(1));
            await(sleep(ms(5)));
            client.write("last words");
            client.close();
            client.close();
            assertEquals(0, await(waiting).length);
            assertThrows(IllegalStateException.class, () -> client.write("more"));
            assertThrows(IllegalStateException.class, () -> await(client.sendAll(bytes("more"))));
            assertThrows(IllegalStateException.class, () -> await(client.drain()));
            assertNull(await(client.readLine()));
            assertEquals("last words", text(await(server.readAll())));
            await(client.waitClosed());
        });
    }

    @Test
    void anAbortBreaksTheConnectionOfTheOtherSide() {
        connected((client, server) -> {
            client.write("read this");
            assertEquals("read", text(await(server.readExactly(4))));
            Task<byte[]> waiting = createTask(server.readExactly(1000));
            await(sleep(ms(5)));
            client.abort();
            assertThrows(RuntimeException.class, () -> await(waiting));
            assertThrows(UncheckedIOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    await(server.sendAll(bytes("into the void")));
                    await(sleep(ms(1)));
                }
            });
        });
    }

    @Test
    void aStreamThatNobodyHasAnyMoreIsClosedAndLogged() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            StringBuffer log = new StringBuffer();
            Task<SocketStream> accepting = createTask(listener.accept());
            lose(listener.port());
            SocketStream server = await(accepting);
            Garbage.collectUntil(
                    () -> log.append(Logged.by(StreamsTest::collect)).indexOf("was never closed") >= 0, 10_000);
            assertTrue(log.toString().contains("A stream to 127.0.0.1"), log::toString);
            assertThrows(UncheckedIOException.class, () -> await(server.recv(1)));
            server.close();
            listener.close();
        });
    }

    private static void collect() {
        System.gc();
        await(sleep(ms(20)));
    }

    private static void lose(int port) {
        await(Streams.connect(HERE, port));
    }

    // ---- connecting and accepting

    @Test
    void whatCannotBeReachedIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        run(() -> {
            String refused = assertThrows(UncheckedIOException.class, () -> await(Streams.connect(HERE, port)))
                    .getMessage();
            assertTrue(refused.contains(HERE + ":" + port), refused);
            String unknown = assertThrows(
                            UncheckedIOException.class, () -> await(Streams.connect("no-such-host.invalid", port)))
                    .getMessage();
            assertTrue(unknown.contains("no-such-host.invalid"), unknown);
            SocketListener listener = await(Streams.listen(HERE, 0));
            String inUse = assertThrows(UncheckedIOException.class, () -> await(Streams.listen(HERE, listener.port())))
                    .getMessage();
            assertTrue(inUse.contains("Cannot listen at"), inUse);
            listener.close();
        });
    }

    @Test
    void aCancelledConnectLeavesNothing() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            for (int i = 0; i < 50; i++) {
                Task<SocketStream> connecting = createTask(Streams.connect(HERE, listener.port()));
                if (i % 2 == 0) {
                    await(sleep(Duration.ZERO));
                }
                if (connecting.cancel()) {
                    assertThrows(CancelledException.class, () -> await(connecting));
                } else {
                    connecting.result().close();
                }
            }
            Task<SocketStream> last = createTask(Streams.connect(HERE, listener.port()));
            // Those whose connection was made and given up again come first, and have ended.
            SocketStream accepted = await(listener.accept());
            SocketStream client = await(last);
            while (accepted.remoteAddress().getPort() != client.localAddress().getPort()) {
                assertEquals(0, recvOrNothing(accepted));
                accepted.close();
                accepted = await(listener.accept());
            }
            accepted.close();
            client.close();
            listener.close();
        });
    }

    private static int recvOrNothing(SocketStream stream) {
        try {
            return await(stream.recv(1)).length;
        } catch (UncheckedIOException reset) {
            return 0;
        }
    }

    @Test
    void aClientWhoseAcceptWasCancelledIsTheNextOne() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            for (int i = 0; i < 3; i++) {
                assertThrows(AsyncTimeoutException.class, () -> await(withTimeout(ms(5), listener.accept())));
            }
            SocketStream client = await(Streams.connect(HERE, listener.port()));
            SocketStream server = await(listener.accept());
            assertEquals(client.localAddress(), server.remoteAddress());
            client.close();
            server.close();
            listener.close();
        });
    }

    @Test
    void closingAListenerWakesAllWhoAccept() {
        run(() -> {
            SocketListener listener = await(Streams.listen(HERE, 0));
            List<Task<SocketStream>> accepting = List.of(createTask(listener.accept()), createTask(listener.accept()));
            await(sleep(ms(5)));
            listener.close();
            listener.close();
            for (Task<SocketStream> task : accepting) {
                assertThrows(IllegalStateException.class, () -> await(task));
            }
            assertThrows(IllegalStateException.class, () -> await(listener.accept()));
        });
    }

    @Test
    void throughFuturesAndUnderAVirtualClockSocketsWorkAsWell() {
        SocketListener listener = Streams.listen(HERE, 0).toFuture().join();
        CompletableFuture<SocketStream> accepting = listener.accept().toFuture();
        SocketStream client = Streams.connect(HERE, listener.port()).toFuture().join();
        accepting.join().write("futures\n");
        assertEquals("futures", client.readLine().toFuture().join());
        assertEquals("virtual", VirtualTime.virtually(() -> {
            accepting.join().write("virtual\n");
            return await(client.readLine());
        }));
        accepting.join().close();
        client.close();
        CompletableFuture<SocketStream> never = listener.accept().toFuture();
        assertTrue(never.cancel(true));
        listener.close();
    }

    // ---- servers

    @Test
    void aServerOfLinesServesManyClientsAtOnce() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                for (String line = await(stream.readLine()); line != null; line = await(stream.readLine())) {
                    stream.write(line.toUpperCase() + "\n");
                    await(stream.drain());
                }
            }));
            List<Integer> answered = await(gather(IntStream.range(0, 50)
                    .mapToObj(i -> async(() -> {
                        try (SocketStream stream = await(Streams.connect(HERE, server.port()))) {
                            for (int n = 0; n < 20; n++) {
                                stream.write("client " + i + " line " + n + "\n");
                                assertEquals("CLIENT " + i + " LINE " + n, await(stream.readLine()));
                            }
                        }
                        return i;
                    }))
                    .toList()));
            assertEquals(IntStream.range(0, 50).boxed().toList(), answered);
            server.close();
            await(server.waitClosed());
        });
    }

    @Test
    void anErrorOfAHandlerEndsItsClientAloneAndIsLogged() {
        String log = Logged.by(() -> run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                String line = await(stream.readLine());
                if (line.equals("fail")) {
                    throw new IllegalStateException("on purpose");
                }
                stream.write("fine\n");
            }));
            try (SocketStream bad = await(Streams.connect(HERE, server.port()));
                    SocketStream good = await(Streams.connect(HERE, server.port()))) {
                bad.write("fail\n");
                assertThrows(UncheckedIOException.class, () -> await(bad.readLine()));
                good.write("go on\n");
                assertEquals("fine", await(good.readLine()));
                assertNull(await(good.readLine()), "The stream is closed when its handler has ended");
            }
            server.close();
            await(server.waitClosed());
        }));
        assertTrue(log.contains("on purpose"), log);
    }

    @Test
    void closingAServerLeavesItsClientsAndWaitsForThem() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> stream.write(await(stream.readLine()) + "\n")));
            SocketStream client = await(Streams.connect(HERE, server.port()));
            client.write("half");
            await(sleep(ms(20)));
            server.close();
            Task<?> ended = createTask(server.waitClosed());
            await(sleep(ms(20)));
            assertFalse(ended.isDone());
            assertThrows(UncheckedIOException.class, () -> await(Streams.connect(HERE, server.port())));
            client.write(" a line\n");
            assertEquals("half a line", await(client.readLine()));
            await(ended);
            client.close();
        });
    }

    @Test
    void clientsCanBeClosedAndAborted() {
        run(() -> {
            AtomicInteger ended = new AtomicInteger();
            Server server = await(Streams.serve(HERE, 0, stream -> {
                try {
                    await(stream.readLine());
                } finally {
                    ended.incrementAndGet();
                }
            }));
            Logged.by(() -> {
                SocketStream one = await(Streams.connect(HERE, server.port()));
                SocketStream two = await(Streams.connect(HERE, server.port()));
                await(sleep(ms(30)));
                server.closeClients();
                assertNull(await(one.readLine()));
                assertNull(await(two.readLine()));
                SocketStream three = await(Streams.connect(HERE, server.port()));
                await(sleep(ms(30)));
                server.abortClients();
                assertThrows(UncheckedIOException.class, () -> await(three.readLine()));
                one.close();
                two.close();
                three.close();
                server.close();
                await(server.waitClosed());
            });
            assertEquals(3, ended.get());
        });
    }

    @Test
    void servingForeverEndsWithItsTask() {
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> await(stream.readAll())));
            Task<?> forever = createTask(server.serveForever());
            await(sleep(ms(5)));
            forever.cancel();
            assertThrows(CancelledException.class, () -> await(forever));
            assertThrows(UncheckedIOException.class, () -> await(Streams.connect(HERE, server.port())));
        });
    }

    // ---- TLS

    @Test
    void underTlsTheHostIsVerified() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        run(() -> {
            Server server = await(Streams.serve(
                    HERE,
                    0,
                    StreamOptions.DEFAULT.tls(certificates.serverContext()),
                    stream -> stream.write("secret " + await(stream.readLine()) + "\n")));
            StreamOptions trusting = StreamOptions.DEFAULT.tls(certificates.clientContext());
            try (SocketStream client = await(Streams.connect("localhost", server.port(), trusting))) {
                client.write("hello\n");
                assertEquals("secret hello", await(client.readLine()));
            }
            Logged.by(() -> {
                UncheckedIOException wrongHost = assertThrows(
                        UncheckedIOException.class, () -> await(Streams.connect(HERE, server.port(), trusting)));
                assertTrue(wrongHost.getCause() instanceof SSLException, wrongHost::toString);
                UncheckedIOException unknown = assertThrows(
                        UncheckedIOException.class,
                        () -> await(Streams.connect("localhost", server.port(), StreamOptions.DEFAULT.tls())));
                assertTrue(unknown.getCause() instanceof SSLException, unknown::toString);
                server.close();
                await(server.waitClosed());
            });
        });
    }

    @Test
    void aStreamMayGoOnWithTls() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        run(() -> {
            Server server = await(Streams.serve(HERE, 0, stream -> {
                assertEquals("STARTTLS", await(stream.readLine()));
                await(stream.sendAll(bytes("go\n")));
                await(stream.startTls(certificates.serverContext()));
                stream.write("now secret\n");
            }));
            try (SocketStream client = await(Streams.connect("localhost", server.port()))) {
                client.write("STARTTLS\n");
                assertEquals("go", await(client.readLine()));
                await(client.startTls(certificates.clientContext()));
                assertEquals("now secret", await(client.readLine()));
            }
            server.close();
            await(server.waitClosed());
        });
    }
}

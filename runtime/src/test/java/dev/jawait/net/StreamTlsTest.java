package dev.jawait.net;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Task;
import dev.jawait.runtime.streams.StreamImpl;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class StreamTlsTest {
    private static final String HERE = "localhost";
    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.forHost(HERE);
    }

    private static StreamOptions asServer() throws Exception {
        return StreamOptions.DEFAULT.tls(certificates.serverContext());
    }

    private static StreamOptions asClient() throws Exception {
        return StreamOptions.DEFAULT.tls(certificates.clientContext());
    }

    /** A client of the JDK's, once it has shaken hands. */
    private static SSLSocket jdkClient(int port) throws Exception {
        SSLSocket socket =
                (SSLSocket) certificates.clientContext().getSocketFactory().createSocket(HERE, port);
        socket.startHandshake();
        return socket;
    }

    @Test
    void muchGoesBothWaysAtOnce() {
        run(() -> {
            byte[] bytes = new byte[3_000_000];
            new Random(3).nextBytes(bytes);
            try (SocketListener listener = await(Streams.listen(HERE, 0, asServer()))) {
                Task<SocketStream> accepting = createTask(listener.accept());
                try (SocketStream client = await(Streams.connect(HERE, listener.port(), asClient()));
                        SocketStream server = await(accepting)) {
                    Task<?> sending = createTask(gather(client.sendAll(bytes), server.sendAll(bytes)));
                    Task<byte[]> there = createTask(server.readExactly(bytes.length));
                    assertArrayEquals(bytes, await(client.readExactly(bytes.length)));
                    assertArrayEquals(bytes, await(there));
                    await(sending);
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommonNameIsNoNameOfAHost(boolean later) {
        run(() -> {
            TestCertificates nameless = TestCertificates.withoutSan(HERE);
            StreamOptions trusting = StreamOptions.DEFAULT.tls(nameless.clientContext());
            try (ScriptedServer peer =
                    ScriptedServer.startTls(nameless.serverContext(), connection -> connection.awaitClose())) {
                UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> {
                    try (SocketStream stream =
                            await(Streams.connect(HERE, peer.port(), later ? StreamOptions.DEFAULT : trusting))) {
                        await(stream.startTls(nameless.clientContext()));
                    }
                });
                assertTrue(error.getMessage().contains("subjectAltName"), error.getMessage());
                peer.awaitNoConnections();
            }
        });
    }

    @Test
    void theGoodByeIsTheEnd() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0, asServer()))) {
                Task<SocketStream> accepting = createTask(listener.accept());
                SocketStream client = await(Streams.connect(HERE, listener.port(), asClient()));
                try (SocketStream server = await(accepting)) {
                    client.write("last words");
                    client.close();
                    await(client.waitClosed());
                    assertEquals("last words", new String(await(server.readAll()), UTF_8));
                    assertTrue(server.atEof());
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndWithoutAGoodByeIsNone(String version) {
        run(() -> {
            try (ScriptedServer peer = ScriptedServer.start(connection -> {
                        SSLSocket tls = under(connection, version);
                        tls.getInputStream().read();
                        tls.getOutputStream().write("half".getBytes(UTF_8));
                        connection.halfClose();
                        connection.awaitClose();
                    });
                    SocketStream stream = await(Streams.connect(HERE, peer.port(), asClient()))) {
                stream.write("x");
                assertEquals("half", new String(await(stream.readExactly(4)), UTF_8));
                UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> await(stream.readAll()));
                assertInstanceOf(SSLException.class, error.getCause());
                assertTrue(error.getMessage().contains("was cut off"), error.getMessage());
            }
        });
    }

    private static SSLSocket under(ScriptedConnection connection, String version) throws Exception {
        SSLSocket tls = (SSLSocket) certificates
                .serverContext()
                .getSocketFactory()
                .createSocket(connection.socket(), null, connection.socket().getPort(), false);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(new String[] {version});
        return tls;
    }

    @Test
    void anAbortIsNoEnd() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0, asServer()))) {
                Task<SocketStream> accepting = createTask(listener.accept());
                SocketStream client = await(Streams.connect(HERE, listener.port(), asClient()));
                try (SocketStream server = await(accepting)) {
                    client.abort();
                    assertThrows(UncheckedIOException.class, () -> await(server.recv(1)));
                }
            }
        });
    }

    @Test
    void whoCannotShakeHandsDoesNotHoldUpOthers() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0, asServer()));
                    Socket silent = new Socket(HERE, listener.port());
                    Socket plain = new Socket(HERE, listener.port())) {
                plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                Task<SocketStream> accepting = createTask(listener.accept());
                try (SSLSocket good = await(toThread(() -> jdkClient(listener.port())));
                        SocketStream stream = await(accepting)) {
                    assertEquals(good.getLocalPort(), stream.remoteAddress().getPort());
                    assertFalse(silent.isClosed());
                }
                assertThrows(IOException.class, () -> {
                    plain.getInputStream().transferTo(OutputStream.nullOutputStream());
                    throw new IOException("The end");
                });
            }
        });
    }

    @Test
    void theHostIsVerifiedAlsoWhereTlsComesLater() {
        run(() -> {
            try (ScriptedServer peer = ScriptedServer.start(connection -> {
                        under(connection, "TLSv1.3").startHandshake();
                    });
                    SocketStream stream = await(Streams.connect("127.0.0.1", peer.port()))) {
                UncheckedIOException error = assertThrows(
                        UncheckedIOException.class, () -> await(stream.startTls(certificates.clientContext())));
                assertInstanceOf(SSLException.class, error.getCause());
                assertThrows(RuntimeException.class, () -> stream.write("in the clear"));
            }
        });
    }

    @Test
    void aHandshakeThatHasComeAlreadyIsTaken() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0))) {
                Task<SSLSocket> client = createTask(toThread(() -> jdkClient(listener.port())));
                try (SocketStream stream = await(listener.accept())) {
                    // The client has sent its first message, unasked.
                    Waiting.until("it", () -> received(stream) > 0);
                    await(stream.startTls(certificates.serverContext()));
                    stream.write("secret\n");
                    try (SSLSocket socket = await(client)) {
                        assertEquals(
                                "secret", new String(socket.getInputStream().readNBytes(6), UTF_8));
                    }
                }
            }
        });
    }

    private static int received(SocketStream stream) {
        return ((StreamImpl) stream).getLink().getIncoming().getSize();
    }

    @Test
    void whatWasSentInTheClearIsNotReadAsIfItWereSecret() {
        run(() -> {
            try (SocketPair pair = SocketPair.open()) {
                pair.send("injected\n");
                Waiting.until("it", () -> pair.incoming().getSize() == 9);
                assertThrows(
                        UncheckedIOException.class, () -> await(pair.stream.startTls(certificates.clientContext())));
                assertEquals(0, pair.incoming().getSize());
            }
        });
    }

    @Test
    void tlsStartsOnceAndNotUnderAReader() {
        run(() -> {
            try (SocketListener listener = await(Streams.listen(HERE, 0, asServer()))) {
                Task<SocketStream> accepting = createTask(listener.accept());
                try (SocketStream client = await(Streams.connect(HERE, listener.port(), asClient()));
                        SocketStream server = await(accepting)) {
                    assertThrows(
                            IllegalStateException.class, () -> await(client.startTls(certificates.clientContext())));
                    assertThrows(UnsupportedOperationException.class, client::writeEof);
                    client.write("still fine\n");
                    assertEquals("still fine", await(server.readLine()));
                }
            }
            try (SocketPair pair = SocketPair.open()) {
                Task<String> reader = createTask(pair.stream.readLine());
                pair.send("half a line");
                Waiting.until("it", () -> pair.incoming().getSize() > 0);
                assertThrows(
                        IllegalStateException.class, () -> await(pair.stream.startTls(certificates.clientContext())));
                pair.send("\n");
                assertEquals("half a line", await(reader));
            }
        });
    }
}

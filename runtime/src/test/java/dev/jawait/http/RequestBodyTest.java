package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of requests, as they arrive at the server. */
class RequestBodyTest extends SessionFixture {
    private static final byte[] LONG = new byte[3_000_000];

    static {
        new Random(1).nextBytes(LONG);
    }

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<Request> received = new LinkedBlockingQueue<>();

    /** Where the bytes may come from. */
    enum Kind {
        BYTES {
            @Override
            RequestBody of(byte[] bytes, Path directory) {
                return RequestBody.bytes(bytes);
            }
        },
        FILE {
            @Override
            RequestBody of(byte[] bytes, Path directory) throws IOException {
                return RequestBody.file(Files.write(directory.resolve("body.bin"), bytes));
            }
        },
        STREAM {
            @Override
            RequestBody of(byte[] bytes, Path directory) {
                return RequestBody.stream(() -> new ByteArrayInputStream(bytes));
            }
        },
        STREAM_ONCE {
            @Override
            RequestBody of(byte[] bytes, Path directory) {
                return RequestBody.stream(new ByteArrayInputStream(bytes));
            }
        },
        CHUNKS {
            @Override
            RequestBody of(byte[] bytes, Path directory) {
                return RequestBody.chunks(pieces(bytes));
            }
        },
        PUBLISHER {
            @Override
            RequestBody of(byte[] bytes, Path directory) {
                return RequestBody.publisher(publishing(pieces(bytes)));
            }
        };

        abstract RequestBody of(byte[] bytes, Path directory) throws IOException;
    }

    private static List<ByteBuffer> pieces(byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 50_000) {
            pieces.add(ByteBuffer.wrap(bytes, i, Math.min(50_000, bytes.length - i)));
        }
        return pieces;
    }

    /** One that sends, at once, as many as are requested. */
    private static Flow.Publisher<ByteBuffer> publishing(List<ByteBuffer> pieces) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private final Iterator<ByteBuffer> left = pieces.iterator();

            @Override
            public void request(long n) {
                for (long i = 0; i < n && left.hasNext(); i++) {
                    subscriber.onNext(left.next());
                }
                if (!left.hasNext()) {
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {}
        });
    }

    private ScriptedServer receiving() throws IOException {
        return ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                received.add(request);
                connection.send(ScriptedServer.ok("ok"));
            }
        });
    }

    private Request sent(ScriptedServer server, RequestBody body) throws InterruptedException {
        assertEquals("ok", run(session.post(server.url("/")).body(body).text()));
        return received();
    }

    private Request received() throws InterruptedException {
        Request request = received.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request has come");
        }
        return request;
    }

    @ParameterizedTest
    @EnumSource
    void aBodyArrivesAsItIsWhateverItComesFrom(Kind kind) throws Exception {
        try (ScriptedServer server = receiving()) {
            for (byte[] bytes : List.of(new byte[0], "hello".getBytes(StandardCharsets.UTF_8), LONG)) {
                assertArrayEquals(bytes, sent(server, kind.of(bytes, directory)).body());
            }
            assertEquals(1, server.connections(), "The connection is good for more after each of them");
        }
    }

    @ParameterizedTest
    @EnumSource
    void soItDoesOverTls(Kind kind) throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    for (Request request = connection.readRequest();
                            request != null;
                            request = connection.readRequest()) {
                        received.add(request);
                        connection.send(ScriptedServer.ok("ok"));
                    }
                });
                ClientSession tls = ClientSession.builder()
                        .connector(Connector.builder()
                                .sslContext(certificates.clientContext())
                                .build())
                        .build()) {
            run(tls.put(server.url("/")).body(kind.of(LONG, directory)).text());
            assertArrayEquals(LONG, received().body());
            tls.connector().close();
        }
    }

    @Test
    void withoutAKnownLengthItGoesOutInChunks() throws Exception {
        try (ScriptedServer server = receiving()) {
            Request chunked = sent(server, Kind.CHUNKS.of(LONG, directory));
            assertEquals("chunked", chunked.headers().get("Transfer-Encoding"));
            assertNull(chunked.headers().get("Content-Length"));
            Request whole = sent(server, Kind.CHUNKS.of(LONG, directory).withLength(LONG.length));
            assertEquals("3000000", whole.headers().get("Content-Length"));
            assertNull(whole.headers().get("Transfer-Encoding"));
            assertArrayEquals(LONG, whole.body());
        }
    }

    @Test
    void aBodyOfAnotherLengthThanToldFailsTheRequest() throws Exception {
        try (ScriptedServer server = receiving()) {
            for (long told : new long[] {LONG.length - 1, LONG.length + 1}) {
                RequestBody body = Kind.STREAM.of(LONG, directory).withLength(told);
                ClientConnectionException error = assertThrows(
                        ClientConnectionException.class,
                        () -> run(session.post(server.url("/")).body(body).text()));
                assertTrue(error.getMessage().contains("bytes that were announced"), error.getMessage());
            }
            assertThrows(
                    IllegalArgumentException.class, () -> RequestBody.text("").withLength(-1));
        }
    }

    @Test
    void theContentTypeIsTheBodysUnlessTheRequestHasOne() throws Exception {
        try (ScriptedServer server = receiving()) {
            Path page = Files.writeString(directory.resolve("page.html"), "<p>");
            assertEquals(
                    "text/html", sent(server, RequestBody.file(page)).headers().get("Content-Type"));
            RequestBody retyped = RequestBody.file(page).withContentType("text/x-mine");
            assertEquals("text/x-mine", sent(server, retyped).headers().get("Content-Type"));
            run(session.post(server.url("/"))
                    .header("content-type", "a/b")
                    .body(retyped)
                    .text());
            assertEquals("a/b", received().headers().get("Content-Type"));
        }
    }

    @Test
    void aFileThatIsNotThereIsAClearErrorAndNoConnection() throws Exception {
        try (ScriptedServer server = receiving()) {
            RequestBody missing = RequestBody.file(directory.resolve("missing.txt"));
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(session.post(server.url("/")).body(missing).text()));
            assertTrue(error.getMessage().contains("missing.txt"), error.getMessage());
            assertEquals(0, server.connections());
        }
    }

    @Test
    void soIsAFileThatIsNotThereWithinAnotherBody() throws Exception {
        RequestBody missing = RequestBody.file(directory.resolve("missing.txt"));
        List<RequestBody> bodies = List.of(
                missing.onProgress((transferred, total) -> {}),
                missing.withContentType("video/mp4").onProgress((transferred, total) -> {}),
                Multipart.builder().file("film", "film.mp4", missing).build());
        try (ScriptedServer server = receiving()) {
            for (RequestBody body : bodies) {
                assertThrows(
                        ClientPayloadException.class,
                        () -> run(session.post(server.url("/")).body(body).text()));
            }
            assertThrows(ClientPayloadException.class, missing::length);
            assertEquals(0, server.connections());
        }
    }

    @Test
    void whatTheBodyIsMadeOfFailsTheRequestWhereItFails() throws Exception {
        try (ScriptedServer server = receiving()) {
            IOException cause = new IOException("the disk is gone");
            RequestBody failing = RequestBody.stream(() -> new InputStream() {
                private int left = 100_000;

                @Override
                public int read() throws IOException {
                    if (left-- > 0) {
                        return 1;
                    }
                    throw cause;
                }
            });
            ClientConnectionException error = assertThrows(
                    ClientConnectionException.class,
                    () -> run(session.post(server.url("/")).body(failing).text()));
            assertEquals(cause, error.getCause());
            assertTrue(error.getMessage().contains("the disk is gone"), error.getMessage());
            server.awaitNoConnections();
        }
    }

    @Test
    void aStreamIsClosedWhenItWasSent() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (ScriptedServer server = receiving()) {
            sent(server, RequestBody.stream(countingClose(closed)));
            Waiting.until("closed", () -> closed.get() == 1);
        }
    }

    @Test
    void aStreamIsClosedWhenNothingOfItWasSent() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        RequestBody body = RequestBody.stream(countingClose(closed));
        assertThrows(
                InvalidUrlException.class,
                () -> run(session.post("http://").body(body).text()));
        Waiting.until("closed", () -> closed.get() == 1);
    }

    private static InputStream countingClose(AtomicInteger closed) {
        return new ByteArrayInputStream(LONG) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** Case 22. */
    @Test
    void theBodyIsClosedWhenTheRequestIsCancelled() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.stall();
        })) {
            Task<String> task = session.post(server.url("/"))
                    .body(RequestBody.stream(endless(closed)))
                    .text()
                    .start();
            server.awaitRequests(1);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            Waiting.until("closed", () -> closed.get() == 1);
        }
    }

    private static InputStream endless(AtomicInteger closed) {
        return new InputStream() {
            @Override
            public int read() {
                return 7;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** Case 23. */
    @Test
    void anAnswerThatComesBeforeTheBodyIsThroughCounts() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            if (connection.number() == 1) {
                connection.readHead();
                connection.send("HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\nno");
                connection.awaitClose();
            } else {
                connection.readRequest();
                connection.send(ScriptedServer.ok("next"));
            }
        })) {
            ClientRequest upload = session.post(server.url("/")).body(RequestBody.stream(endless(closed)));
            assertEquals("400 no", run(upload.use(response -> response.status() + " " + await(response.text()))));
            Waiting.until("closed", () -> closed.get() == 1);
            assertEquals("next", run(session.get(server.url("/")).text()));
        }
    }

    /** Case 26. */
    @Test
    void aFileIsSentAgainInWholeWhereAReusedConnectionIsDead() throws Exception {
        Path file = Files.write(directory.resolve("file"), LONG);
        try (ScriptedServer server = dyingOnce()) {
            run(session.get(server.url("/")).text());
            assertEquals(
                    "ok",
                    run(session.put(server.url("/"))
                            .body(RequestBody.file(file))
                            .text()));
            assertArrayEquals(LONG, received().body());
        }
    }

    /** Case 27. */
    @Test
    void aBodyThatCanBeSentOnceIsNotSentAgain() throws Exception {
        try (ScriptedServer server = dyingOnce()) {
            run(session.get(server.url("/")).text());
            RequestBody once = RequestBody.publisher(publishing(pieces(LONG)));
            assertFalse(once.isReplayable());
            assertThrows(
                    ClientConnectionException.class,
                    () -> run(session.put(server.url("/")).body(once).text()));
            assertEquals(1, server.connections());
        }
    }

    /** Its first connection answers once and reads the next request's head before it goes. */
    private ScriptedServer dyingOnce() throws IOException {
        return ScriptedServer.start(connection -> {
            if (connection.number() == 1) {
                connection.readRequest();
                connection.send(ScriptedServer.ok("first"));
                connection.readHead();
                connection.reset();
            } else {
                received.add(connection.readRequest());
                connection.send(ScriptedServer.ok("ok"));
            }
        });
    }

    /** Case 53. */
    @Test
    void aRedirectOfABodyThatIsSpentIsAnErrorAndTheTargetNeverCalled() throws Exception {
        try (ScriptedServer server = redirecting()) {
            RequestBody once = RequestBody.stream(new ByteArrayInputStream(LONG));
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(session.post(server.url("/from")).body(once).text()));
            assertTrue(error.getMessage().contains("Cannot follow the redirect"), error.getMessage());
            assertEquals(1, server.requests());
        }
    }

    /** Case 53. */
    @Test
    void aRedirectSendsAFileAgainInWhole() throws Exception {
        Path file = Files.write(directory.resolve("file"), LONG);
        try (ScriptedServer server = redirecting()) {
            run(session.post(server.url("/from")).body(RequestBody.file(file)).text());
            assertArrayEquals(LONG, received().body());
            assertArrayEquals(LONG, received().body());
        }
    }

    private ScriptedServer redirecting() throws IOException {
        return ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                received.add(request);
                connection.send(
                        request.target().equals("/from")
                                ? "HTTP/1.1 307 Go\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n"
                                : ScriptedServer.ok("ok"));
            }
        });
    }

    @Test
    void aBodyThatCanBeSentOnceIsRefusedTheSecondTime() throws Exception {
        try (ScriptedServer server = receiving()) {
            ClientRequest upload =
                    session.post(server.url("/")).body(RequestBody.stream(new ByteArrayInputStream(LONG)));
            run(upload.text());
            assertThrows(ClientPayloadException.class, () -> run(upload.text()));
            assertEquals(1, server.requests());
        }
    }

    @Test
    void whatTheServerDoesNotReadIsNotAskedFor() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean cancelled = new AtomicBoolean();
        Flow.Publisher<ByteBuffer> counting = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                assertEquals(1, n);
                asked.incrementAndGet();
                subscriber.onNext(ByteBuffer.allocate(64 * 1024));
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.stall();
        })) {
            Task<String> task = session.post(server.url("/"))
                    .body(RequestBody.publisher(counting))
                    .text()
                    .start();
            server.awaitRequests(1);
            AtomicInteger before = new AtomicInteger(-1);
            Waiting.until("no more asked for", () -> asked.get() == before.getAndSet(asked.get()));
            assertTrue(asked.get() < 1000, "asked for: " + asked.get());
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            Waiting.until("cancelled", cancelled::get);
        }
    }

    @Test
    void aPublisherThatFailsFailsTheRequest() throws Exception {
        try (ScriptedServer server = receiving();
                SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
            Task<String> task = session.post(server.url("/"))
                    .body(RequestBody.publisher(publisher))
                    .text()
                    .start();
            Waiting.until("subscribed", publisher::hasSubscribers);
            IllegalStateException cause = new IllegalStateException("no more");
            publisher.submit(ByteBuffer.allocate(10));
            publisher.closeExceptionally(cause);
            ClientConnectionException error = assertThrows(ClientConnectionException.class, task::join);
            assertEquals(cause, error.getCause());
        }
    }

    @Test
    void aBodyMayBeCompressedAsItIsSent() throws Exception {
        try (ScriptedServer server = receiving()) {
            byte[] text = "again and ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            for (Kind kind : Kind.values()) {
                Request gzip = sent(server, kind.of(text, directory).compressed("gzip"));
                assertEquals("gzip", gzip.headers().get("Content-Encoding"));
                assertTrue(gzip.body().length < 20_000);
                assertArrayEquals(text, new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes());
            }
            Request deflate = sent(server, RequestBody.bytes(text).compressed("deflate"));
            assertEquals("deflate", deflate.headers().get("Content-Encoding"));
            assertArrayEquals(text, new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes());
        }
        RequestBody once = RequestBody.text("a").compressed("gzip");
        assertThrows(IllegalArgumentException.class, () -> once.compressed("gzip"));
        assertThrows(IllegalArgumentException.class, () -> RequestBody.text("a").compressed("br"));
    }

    @Test
    void progressIsToldAsTheBodyIsSent() throws Exception {
        List<Long> told = new ArrayList<>();
        AtomicInteger total = new AtomicInteger();
        try (ScriptedServer server = receiving()) {
            RequestBody body = RequestBody.bytes(LONG).onProgress((bytes, of) -> {
                told.add(bytes);
                total.set((int) of);
            });
            assertArrayEquals(LONG, sent(server, body).body());
        }
        assertEquals(LONG.length, total.get());
        assertEquals(LONG.length, told.get(told.size() - 1));
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(told.size() > 10);
    }

    @Test
    void fieldsAndFilesGoInOneBody() throws Exception {
        Path file = Files.writeString(directory.resolve("a \"b\".txt"), "content");
        RequestBody body = Multipart.builder()
                .field("name", "Zoë")
                .file("file", file)
                .file("raw", "raw.bin", RequestBody.stream(() -> new ByteArrayInputStream(new byte[] {1, 2, 3})))
                .build();
        try (ScriptedServer server = receiving()) {
            for (int i = 0; i < 2; i++) {
                Request request = sent(server, body);
                String type = request.headers().get("Content-Type");
                assertTrue(type.startsWith("multipart/form-data; boundary="), type);
                String boundary = "--" + type.substring(type.indexOf('=') + 1);
                String expected = boundary + "\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nZoë\r\n"
                        + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\ncontent\r\n"
                        + boundary + "\r\nContent-Disposition: form-data; name=\"raw\"; filename=\"raw.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n\1\2\3\r\n" + boundary + "--\r\n";
                assertEquals(expected, new String(request.body(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aMultipartBodyKnowsItsLengthIfItsPartsDo() throws Exception {
        try (ScriptedServer server = receiving()) {
            Path file = Files.write(directory.resolve("a.bin"), LONG);
            Request request = sent(
                    server, Multipart.builder().field("a", "b").file("f", file).build());
            assertEquals(
                    request.body().length, Integer.parseInt(request.headers().get("Content-Length")));
        }
        assertThrows(IllegalArgumentException.class, () -> Multipart.builder().build());
        RequestBody compressed = RequestBody.text("a").compressed("gzip");
        Multipart bad = Multipart.builder().file("f", "n", compressed);
        assertThrows(IllegalArgumentException.class, bad::build);
    }

    @Test
    void aPartsNameCannotAddAHeader() throws Exception {
        try (ScriptedServer server = receiving()) {
            Request request = sent(
                    server, Multipart.builder().field("a\r\nX-Evil: 1\"", "b").build());
            assertTrue(request.text().contains("name=\"a%0D%0AX-Evil: 1%22\""), request.text());
        }
    }

    /** Case 71. */
    @Test
    void aBodyThatIsExpectedIsSentOnceTheServerAsksForIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            Request head = connection.readHead();
            assertEquals("100-continue", head.headers().get("Expect"));
            assertEquals(0, connection.socket().getInputStream().available(), "It does not wait");
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertArrayEquals(LONG, connection.readBody(head));
            connection.send(ScriptedServer.ok("thanks"));
            connection.awaitClose();
        })) {
            assertEquals(
                    "thanks",
                    run(session.post(server.url("/"))
                            .expectContinue(true)
                            .body(LONG)
                            .text()));
            assertNull(server.failure());
        }
    }

    @Test
    void aBodyThatIsRefusedIsNotSent() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            connection.awaitClose();
        })) {
            RequestBody body = RequestBody.stream(() -> {
                asked.incrementAndGet();
                return new ByteArrayInputStream(LONG);
            });
            assertEquals(
                    417,
                    run(session.post(server.url("/"))
                            .expectContinue(true)
                            .body(body)
                            .use(ClientResponse::status)));
            assertEquals(0, asked.get());
            server.awaitNoConnections();
        }
    }

    @Test
    void aServerThatNeverAsksGetsTheBodyAfterASecond() throws Exception {
        try (ScriptedServer server = receiving()) {
            run(session.post(server.url("/")).expectContinue(true).body("hello").text());
            assertEquals("hello", received().text());
        }
    }

    @Test
    void aFormIsEncoded() throws Exception {
        try (ScriptedServer server = receiving()) {
            run(session.post(server.url("/")).form(Map.of("a b", "c&d")).text());
            assertEquals("a+b=c%26d", received().text());
        }
    }

    @Test
    void aBodyOfSomebodyElsesIsAClearError() {
        RequestBody foreign = (RequestBody) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RequestBody.class}, (proxy, method, args) -> null);
        IllegalArgumentException error = assertInstanceOf(
                IllegalArgumentException.class,
                assertThrows(
                        RuntimeException.class, () -> session.post("http://a/").body(foreign)));
        assertTrue(error.getMessage().contains("made by Jawait"), error.getMessage());
    }

    @Test
    void aStreamThatIsRefusedIsClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(LONG) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            connection.awaitClose();
        })) {
            RequestBody body = Multipart.builder()
                    .part(new Multipart.Part("file", "name", RequestBody.stream(stream)))
                    .build();
            assertEquals(
                    417,
                    run(session.post(server.url("/"))
                            .expectContinue(true)
                            .body(body)
                            .use(ClientResponse::status)));
            Waiting.until("the stream to be closed", closed::get);
        }
    }

    /** RFC 9110, section 10.1.1: without a body there is nothing to expect. */
    @Test
    void nothingIsExpectedWithoutABody() throws Exception {
        try (ScriptedServer server = receiving()) {
            run(session.get(server.url("/")).expectContinue(true).text());
            assertNull(received().headers().get("Expect"));
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Async;
import dev.jawait.AsyncFunction;
import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.net.IncompleteReadException;
import dev.jawait.net.LimitOverrunException;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to read a body. */
class ResponseBodyTest extends SessionFixture {
    @TempDir
    Path directory;

    private static ScriptedServer chunked(String... chunks) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (String chunk : chunks) {
                connection.send(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            }
            connection.send("0\r\n\r\n");
            connection.awaitClose();
        });
    }

    /** Sends {@code first} of a body of {@code length} bytes, and no more until the test lets go. */
    private static ScriptedServer stallingAfter(String first, int length) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + first);
            connection.stall();
            connection.send("x".repeat(length - first.length()));
            connection.awaitClose();
        });
    }

    private <R extends @Nullable Object> R reading(ScriptedServer server, AsyncFunction<ResponseBody, R> body)
            throws IOException {
        try (server) {
            return run(session.get(server.url("/")).<R>use(response -> body.apply(response.body())));
        }
    }

    // ---- counts

    @Test
    void countsLinesAndPiecesTakeFromTheSameBytes() throws IOException {
        reading(chunked("abcdef\ngh", "ij\r", "\nklm"), body -> {
            assertArrayEquals("ab".getBytes(), await(body.readExactly(2)));
            assertArrayEquals("c".getBytes(), await(body.readUpTo(1)));
            assertEquals("def", await(body.readLine()));
            assertEquals("ghij", await(body.readLine()));
            assertArrayEquals("k".getBytes(), await(body.readExactly(1)));
            assertEquals("lm", await(body.readLine()));
            assertNull(await(body.readLine()));
            assertNull(await(body.read()));
            assertNull(await(body.readUpTo(5)));
            assertArrayEquals(new byte[0], await(body.readExactly(0)));
            return null;
        });
    }

    @Test
    void whatIsLeftAfterACountIsTheRestOfTheBody() throws IOException {
        try (ScriptedServer server = chunked("abc", "def")) {
            String rest = run(session.get(server.url("/")).use(response -> {
                await(response.body().readExactly(2));
                return await(response.text());
            }));
            assertEquals("cdef", rest);
        }
        ByteBuffer piece = reading(chunked("abc"), body -> {
            await(body.readExactly(1));
            return await(body.read());
        });
        assertEquals(ByteBuffer.wrap("bc".getBytes()), piece);
        long discarded = reading(chunked("abcd"), body -> {
            await(body.readExactly(1));
            return await(body.discard());
        });
        assertEquals(3, discarded);
    }

    @Test
    void aBodyThatEndsBeforeTheCountHandsOverWhatCame() throws IOException {
        reading(chunked("abc"), body -> {
            IncompleteReadException error =
                    assertThrows(IncompleteReadException.class, () -> await(body.readExactly(4)));
            assertArrayEquals("abc".getBytes(), error.partial());
            return null;
        });
    }

    @Test
    void countsThatMakeNoSenseAreRefused() throws IOException {
        reading(chunked("a"), body -> {
            assertThrows(IllegalArgumentException.class, () -> body.readExactly(-1));
            assertThrows(IllegalArgumentException.class, () -> body.readUpTo(0));
            assertThrows(IllegalArgumentException.class, () -> body.readLine(0));
            assertThrows(IllegalArgumentException.class, () -> body.lines(0));
            return null;
        });
    }

    // ---- lines

    @Test
    void linesAreLoopedOver() throws IOException {
        List<String> lines = reading(chunked("a\nb", "\u00c3", "\u00a9\r\n\n\r", "\nlast"), body -> {
            List<String> found = new ArrayList<>();
            for (String line : body.lines()) {
                found.add(line);
            }
            return found;
        });
        assertEquals(List.of("a", "b\u00e9", "", "", "last"), lines);
        assertEquals(List.of(), reading(chunked(), body -> {
            List<String> found = new ArrayList<>();
            await(body.lines().onEach(found::add));
            return found;
        }));
    }

    @Test
    void linesAreInTheCharsetOfTheResponse() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=latin1\r\nContent-Length: 3\r\n\r\n\u00e9\n\u00fc")) {
            run(session.get(server.url("/")).use(response -> {
                assertEquals("\u00e9", await(response.body().readLine()));
                assertEquals("\u00fc", await(response.body().readLine()));
                return null;
            }));
        }
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-16le\r\nContent-Length: 4\r\n\r\na\0\n\0")) {
            run(session.get(server.url("/")).use(response -> {
                IllegalStateException error = assertThrows(
                        IllegalStateException.class, () -> await(response.body().readLine()));
                assertTrue(error.getMessage().contains("UTF-16LE"), error.getMessage());
                assertEquals("a\n", await(response.text()));
                return null;
            }));
        }
    }

    @Test
    void aLineBeyondTheBoundIsAnErrorAndStaysThere() throws IOException {
        reading(chunked("12345\n", "1234567"), body -> {
            assertEquals("12345", await(body.readLine(5)));
            LimitOverrunException error = assertThrows(LimitOverrunException.class, () -> await(body.readLine(6)));
            assertTrue(error.getMessage().contains("limit of 6 bytes"), error.getMessage());
            assertEquals("1234567", await(body.readLine(7)));
            return null;
        });
        String long257 = "x".repeat(257 * 1024);
        reading(chunked(long257), body -> {
            assertThrows(LimitOverrunException.class, () -> await(body.readLine()));
            return null;
        });
    }

    @Test
    void aLineThatWasCutOffIsAnErrorAndNoLine() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\none\ntwo");
        })) {
            run(session.get(server.url("/")).use(response -> {
                ResponseBody body = response.body();
                assertEquals("one", await(body.readLine()));
                ClientPayloadException error = assertThrows(ClientPayloadException.class, () -> await(body.readLine()));
                // Case 66, test_error_not_overwrote_on_conn_close: it stays the error.
                assertEquals(error, assertThrows(ClientPayloadException.class, () -> await(body.read())));
                response.close();
                assertEquals(error, assertThrows(ClientPayloadException.class, () -> await(body.readUpTo(3))));
                return null;
            }));
        }
    }

    // ---- who reads

    @Test
    void anotherReaderIsRefusedWhileOneReads() throws IOException {
        reading(stallingAfter("ab", 10), body -> {
            Task<byte[]> first = Async.startEagerly(body.readExactly(3));
            IllegalStateException error = assertThrows(IllegalStateException.class, () -> await(body.readLine()));
            assertTrue(error.getMessage().contains("GET http"), error.getMessage());
            first.cancel();
            assertThrows(CancelledException.class, () -> await(first));
            assertArrayEquals("ab".getBytes(), await(body.readUpTo(9)));
            return null;
        });
    }

    @Test
    void aReadThatIsCancelledLeavesEveryByte() throws IOException {
        reading(stallingAfter("one\ntw", 10), body -> {
            assertEquals("one", await(body.readLine()));
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(Async.withTimeout(Duration.ofMillis(20), body.readLine())));
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> await(Async.withTimeout(Duration.ofMillis(20), body.readExactly(6))));
            assertArrayEquals("tw".getBytes(), await(body.readUpTo(100)));
            return null;
        });
    }

    /** Case 67, {@code test_read_from_closed_response}, {@code test_read_from_closed_content}. */
    @Test
    void nothingIsReadAfterTheResponseWasClosed() throws IOException {
        try (ScriptedServer server = chunked("a\nb\n")) {
            ClientResponse response = run(session.get(server.url("/")));
            ResponseBody body = response.body();
            assertEquals("a", run(body.readLine()));
            response.close();
            for (var read : List.of(
                    body.readLine(),
                    body.readExactly(1),
                    body.read(),
                    body.readUpTo(1),
                    body.lines().next(),
                    body.chunks().next(),
                    body.saveTo(directory.resolve("x")),
                    response.text(),
                    response.bytes())) {
                assertThrows(ClientConnectionException.class, () -> run(read));
            }
            assertThrows(IOException.class, () -> body.toInputStream().read());
        }
    }

    @Test
    void whatWasReadToItsEndStaysReadAfterTheResponseWasClosed() throws IOException {
        try (ScriptedServer server = chunked("abc")) {
            ClientResponse response = run(session.get(server.url("/")));
            assertEquals("abc", run(response.text()));
            response.close();
            assertEquals("abc", run(response.text()));
            assertNull(run(response.body().read()));
        }
    }

    // ---- publishers

    /** Asks for items one by one, when it is told to. */
    private static class Collector<T> implements Flow.Subscriber<T> {
        final List<T> items = new ArrayList<>();
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final CompletableFuture<List<T>> end = new CompletableFuture<>();
        private final long atOnce;

        Collector(long atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            if (atOnce > 0) {
                given.request(atOnce);
            }
            subscription.complete(given);
        }

        @Override
        public synchronized void onNext(T item) {
            items.add(item);
        }

        synchronized int size() {
            return items.size();
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            end.complete(items);
        }
    }

    @Test
    void aSubscriberGetsTheChunksOrTheLines() throws Exception {
        try (ScriptedServer server = chunked("a\nb", "c\n")) {
            ClientResponse response = run(session.get(server.url("/")));
            Collector<String> lines = new Collector<>(Long.MAX_VALUE);
            response.body().lines().subscribe(lines);
            assertEquals(List.of("a", "bc"), lines.end.get());
        }
        try (ScriptedServer server = chunked("abc", "def")) {
            ClientResponse response = run(session.get(server.url("/")));
            Collector<ByteBuffer> chunks = new Collector<>(Long.MAX_VALUE);
            response.body().chunks().subscribe(chunks);
            StringBuilder text = new StringBuilder();
            chunks.end.get().forEach(chunk -> text.append(StandardCharsets.UTF_8.decode(chunk)));
            assertEquals("abcdef", text.toString());
        }
    }

    @Test
    void aSubscriberThatFailsOrAsksForNothingClosesTheResponse() throws Exception {
        try (ScriptedServer server = stallingAfter("abc", 1_000_000)) {
            for (long request : new long[] {1, -1}) {
                ClientResponse response = run(session.get(server.url("/")));
                Collector<ByteBuffer> chunks = new Collector<>(0) {
                    @Override
                    public void onNext(ByteBuffer chunk) {
                        throw new IllegalStateException("subscriber");
                    }
                };
                response.body().chunks().subscribe(chunks);
                chunks.subscription.get().request(request);
                assertThrows(ExecutionException.class, chunks.end::get);
                Waiting.until("closed", () -> session.connector().stats().open() == 0);
            }
        }
    }

    @Test
    void aSubscriberThatCancelsClosesTheResponse() throws Exception {
        try (ScriptedServer server = stallingAfter("abc", 1_000_000)) {
            ClientResponse response = run(session.get(server.url("/")));
            Collector<ByteBuffer> chunks = new Collector<>(2);
            response.body().chunks().subscribe(chunks);
            Waiting.until("first", () -> chunks.size() == 1);
            chunks.subscription.get().cancel();
            Waiting.until("closed", () -> session.connector().stats().open() == 0);
            assertThrows(ClientConnectionException.class, () -> run(response.text()));
        }
    }

    /** Case 70: {@code test_stream_reader_pause_on_high_water_chunks}, {@code _resume_on_low_water_chunks}. */
    @Test
    void whatIsNotAskedForIsNotReceived() throws Exception {
        int length = 40_000_000;
        AtomicLong sent = new AtomicLong();
        try (ScriptedServer server = ScriptedServer.start(connection -> sendCounted(connection, length, sent))) {
            ClientResponse response = run(session.get(server.url("/counted")));
            Collector<ByteBuffer> chunks = new Collector<>(1);
            response.body().chunks().subscribe(chunks);
            Waiting.until("first", () -> chunks.size() == 1);
            // Takes as long as the first would if nothing held it up.
            long other =
                    run(session.get(server.url("/")).use(r -> await(r.body().discard())));
            assertEquals(length, other);
            assertEquals(1, chunks.size());
            assertTrue(sent.get() < length / 2, "sent " + sent);
            chunks.subscription.get().request(Long.MAX_VALUE);
            long received =
                    chunks.end.get().stream().mapToLong(ByteBuffer::remaining).sum();
            assertEquals(length, received);
        }
    }

    private static void sendCounted(ScriptedConnection connection, int length, AtomicLong sent) throws IOException {
        var request = connection.readRequest();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
        byte[] part = new byte[100_000];
        for (int i = 0; i < length / part.length; i++) {
            connection.send(part);
            if (request.target().equals("/counted")) {
                sent.addAndGet(part.length);
            }
        }
        connection.awaitClose();
    }

    // ---- files

    @Test
    void aBodyIsSavedToAFileAndNothingElseIsLeft() throws IOException {
        Path file = directory.resolve("a.txt");
        long count = reading(chunked("abc", "def"), body -> await(body.saveTo(file)));
        assertEquals(6, count);
        assertEquals("abcdef", Files.readString(file));
        assertEquals(List.of(file), files());
        Path empty = directory.resolve("empty");
        reading(chunked(), body -> await(body.saveTo(empty)));
        assertEquals("", Files.readString(empty));
    }

    private List<Path> files() {
        try (var files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyIfAskedFor() throws IOException {
        Path file = directory.resolve("a.txt");
        Files.writeString(file, "old");
        reading(chunked("new"), body -> {
            UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> await(body.saveTo(file)));
            assertInstanceOf(FileAlreadyExistsException.class, error.getCause());
            assertEquals("old", Files.readString(file));
            assertThrows(
                    UnsupportedOperationException.class, () -> body.saveTo(file, StandardCopyOption.COPY_ATTRIBUTES));
            // Nothing of the body is lost.
            await(body.saveTo(file, StandardCopyOption.REPLACE_EXISTING));
            return null;
        });
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aDownloadThatFailsOrIsCancelledLeavesWhatWasThere() throws IOException {
        Path file = directory.resolve("a.txt");
        Files.writeString(file, "old");
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
        })) {
            assertThrows(
                    ClientPayloadException.class,
                    () -> reading(server, body -> await(body.saveTo(file, StandardCopyOption.REPLACE_EXISTING))));
        }
        assertEquals(List.of(file), files());
        reading(stallingAfter("some", 100), body -> {
            Task<Long> saving =
                    body.saveTo(file, StandardCopyOption.REPLACE_EXISTING).start();
            Waiting.until("a part of it", () -> files().size() == 2);
            saving.cancel();
            assertThrows(CancelledException.class, () -> await(saving));
            assertEquals(List.of(file), files());
            return null;
        });
        assertEquals("old", Files.readString(file));
    }

    @Test
    void aFileThatCannotBeWrittenIsAnErrorThatNamesIt() throws IOException {
        Path file = directory.resolve("missing/a.txt");
        reading(chunked("abc"), body -> {
            UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> await(body.saveTo(file)));
            assertInstanceOf(NoSuchFileException.class, error.getCause());
            assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
            return null;
        });
    }

    // ---- streams

    @Test
    void aStreamOfTheBodyIsReadWithinABody() throws IOException {
        String text = reading(chunked("abc", "def"), body -> {
            try (InputStream stream = body.toInputStream()) {
                assertEquals('a', stream.read());
                assertEquals(2, stream.read(new byte[5], 1, 2));
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
        assertEquals("def", text);
    }

    @Test
    void aStreamOfTheBodyIsReadOnAThreadOfOnesOwn() throws Exception {
        try (ScriptedServer server = chunked("abc", "def")) {
            ClientResponse response = run(session.get(server.url("/")));
            try (InputStream stream = response.body().toInputStream()) {
                assertEquals("abcdef", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                assertEquals(-1, stream.read());
            }
        }
    }

    @Test
    void aStreamSaysWhatFailedAsAnIoException() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
        })) {
            reading(server, body -> {
                IOException error = assertThrows(
                        IOException.class, () -> body.toInputStream().readAllBytes());
                assertInstanceOf(ClientPayloadException.class, error.getCause());
                return null;
            });
        }
    }

    @Test
    void aStreamIsNotReadOnALoop() throws Exception {
        try (ScriptedServer server = stallingAfter("", 10)) {
            ClientResponse response = run(session.get(server.url("/")));
            InputStream stream = response.body().toInputStream();
            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            dev.jawait.runtime.tasks.RunnerImpl.Companion.getShared()
                    .getLoops()
                    .next()
                    .execute(() -> {
                        try {
                            stream.read();
                        } catch (Throwable error) {
                            refused.complete(error);
                        }
                    });
            assertInstanceOf(IllegalStateException.class, refused.get());
            assertTrue(
                    refused.get().getMessage().contains("InputStream"),
                    refused.get().getMessage());
            stream.close();
            assertThrows(IOException.class, stream::read);
        }
    }

    @Test
    void closingAStreamGivesTheBodyUp() throws Exception {
        try (ScriptedServer server = stallingAfter("abc", 1_000_000)) {
            ClientResponse response = run(session.get(server.url("/")));
            InputStream stream = response.body().toInputStream();
            assertEquals('a', stream.read());
            stream.close();
            Waiting.until("closed", () -> session.connector().stats().open() == 0);
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItReadsAStreamStopsReading() throws Exception {
        try (ScriptedServer server = stallingAfter("", 10)) {
            ClientResponse response = run(session.get(server.url("/")));
            CompletableFuture<Throwable> stopped = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    response.body().toInputStream().read();
                } catch (Throwable error) {
                    stopped.complete(error);
                }
            });
            reader.start();
            Waiting.until("blocked", () -> reader.getState() == Thread.State.WAITING);
            reader.interrupt();
            assertInstanceOf(CancelledException.class, stopped.get());
            server.release();
            assertEquals("xxxxxxxxxx", run(response.text()));
        }
    }

    // ---- progress

    @Test
    void progressIsToldInReceivedBytes() throws IOException {
        List<String> heard = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("abcdef"))) {
            String text = reading(server, body -> {
                body.onProgress((received, total) -> heard.add(received + "/" + total));
                return new String(await(body.readExactly(6)), StandardCharsets.UTF_8);
            });
            assertEquals("abcdef", text);
            assertEquals("6/6", heard.get(heard.size() - 1));
        }
        heard.clear();
        Path file = directory.resolve("a");
        reading(
                chunked("abc", "def"),
                body -> await(body.onProgress((received, total) -> heard.add(received + "/" + total))
                        .saveTo(file)));
        assertEquals("6/-1", heard.get(heard.size() - 1));
    }

    @Test
    void aListenerThatThrowsChangesNothing() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("abc"))) {
            byte[] bytes = reading(server, body -> {
                body.onProgress((received, total) -> {
                    throw new IllegalStateException("listener");
                });
                return await(body.readExactly(3));
            });
            assertEquals(3, bytes.length);
        }
    }

    @Test
    void aCharsetThatCanOnlyBeReadHasNoLines() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=x-JISAutoDetect\r\nContent-Length: 2\r\n\r\na\n")) {
            run(session.get(server.url("/")).use(response -> {
                assertThrows(
                        IllegalStateException.class, () -> await(response.body().readLine()));
                assertEquals("a\n", await(response.text()));
                return null;
            }));
        }
    }

    @Test
    void aReaderIsToldThatTheResponseWasClosedAndIsNotCancelled() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.awaitClose();
        })) {
            run(session.get(server.url("/")).use(response -> {
                Task<ByteBuffer> reading = Async.startEagerly(response.body().read());
                response.close();
                assertThrows(ClientConnectionException.class, () -> await(reading));
                return null;
            }));
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import dev.jawait.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that come compressed, and those that only say so. */
class DecompressionTest extends SessionFixture {
    private static final byte[] TEXT =
            "What is said twice is said twice. ".repeat(5000).getBytes(StandardCharsets.UTF_8);

    /** How a body may be compressed. */
    enum Format {
        GZIP("gzip"),
        X_GZIP("X-GZIP"),
        ZLIB("deflate"),
        RAW("deflate"),
        BR("br"),
        ZSTD("zstd");

        private final String coding;

        Format(String coding) {
            this.coding = coding;
        }

        byte[] compress(byte[] data) throws IOException {
            return switch (this) {
                case GZIP, X_GZIP -> through(data, GZIPOutputStream::new);
                case ZLIB -> through(data, DeflaterOutputStream::new);
                case RAW -> through(data, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
                case BR -> {
                    Brotli4jLoader.ensureAvailability();
                    yield Encoder.compress(data);
                }
                case ZSTD -> Zstd.compress(data);
            };
        }
    }

    private interface Filter {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] through(byte[] data, Filter filter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = filter.around(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    private static ScriptedServer sending(String coding, byte[] body) throws IOException {
        return ScriptedServer.start(connection -> {
            while (connection.readRequest() != null) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n");
                connection.send(body);
            }
        });
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void aBodyIsDecompressed(Format format) throws IOException {
        for (byte[] body : List.of(TEXT, random(300_000), new byte[0], new byte[] {7})) {
            try (ScriptedServer server = sending(format.coding, format.compress(body))) {
                assertArrayEquals(body, run(session.get(server.url("/")).bytes()));
                assertArrayEquals(body, run(session.get(server.url("/")).bytes()));
                assertEquals(1, server.connections());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itMayComeInSmallPieces(Format format) throws IOException {
        byte[] compressed = format.compress("in small pieces".getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: " + format.coding + "\r\n\r\n");
            for (byte piece : compressed) {
                connection.send("1\r\n");
                connection.send(new byte[] {piece});
                connection.send("\r\n");
            }
            connection.send("0\r\n\r\n");
        })) {
            assertEquals("in small pieces", run(session.get(server.url("/")).text()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatEndsTooEarlyIsAnError(Format format) throws IOException {
        byte[] compressed = format.compress(random(1000));
        for (int length : List.of(1, compressed.length / 2, compressed.length - 1)) {
            try (ScriptedServer server = sending(format.coding, Arrays.copyOf(compressed, length))) {
                assertThrows(
                        ClientPayloadException.class,
                        () -> run(session.get(server.url("/")).bytes()),
                        () -> format + " cut off at " + length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotCompressedAtAllIsAnError(Format format) throws IOException {
        try (ScriptedServer server =
                sending(format.coding, "<html>plain text</html>".getBytes(StandardCharsets.UTF_8))) {
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertTrue(error.getMessage().contains("Content-Encoding"), error::getMessage);
        }
    }

    @Test
    void severalCodingsAreUndoneFromTheLast() throws IOException {
        byte[] twice = Format.BR.compress(Format.GZIP.compress(TEXT));
        try (ScriptedServer server = sending("gzip, identity,  br", twice)) {
            assertArrayEquals(TEXT, run(session.get(server.url("/")).bytes()));
        }
    }

    @Test
    void membersOfGzipOneAfterTheOtherAreOneBody() throws IOException {
        byte[] first = Format.GZIP.compress("one, ".getBytes(StandardCharsets.UTF_8));
        byte[] second = Format.GZIP.compress("two".getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        try (ScriptedServer server = sending("gzip", both)) {
            assertEquals("one, two", run(session.get(server.url("/")).text()));
        }
    }

    @Test
    void anUnknownCodingIsLeftToTheCaller() throws IOException {
        try (ScriptedServer server = sending("gzip, sdch", "as it came".getBytes(StandardCharsets.UTF_8))) {
            assertEquals("as it came", run(session.get(server.url("/")).text()));
        }
    }

    @Test
    void itCanBeSwitchedOff() throws IOException {
        byte[] compressed = Format.GZIP.compress(TEXT);
        try (ScriptedServer server = sending("gzip", compressed);
                ClientSession raw =
                        ClientSession.builder().autoDecompress(false).build()) {
            assertArrayEquals(compressed, run(raw.get(server.url("/")).bytes()));
            assertArrayEquals(
                    TEXT, run(raw.get(server.url("/")).autoDecompress(true).bytes()));
            assertArrayEquals(
                    compressed,
                    run(session.get(server.url("/")).autoDecompress(false).bytes()));
        }
    }

    @Test
    void acceptEncodingNamesWhatCanBeUndoneUnlessTheCallerSaysOtherwise() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            for (var request = connection.readRequest(); request != null; request = connection.readRequest()) {
                connection.send(ScriptedServer.ok(request.headers().get("Accept-Encoding")));
            }
        })) {
            assertEquals(
                    "gzip, deflate, br, zstd", run(session.get(server.url("/")).text()));
            assertEquals(
                    "identity",
                    run(session.get(server.url("/"))
                            .header("Accept-Encoding", "identity")
                            .text()));
        }
    }

    @Test
    void aResponseWithoutABodyMayNameACoding() throws IOException {
        for (String head : List.of("204 No Content", "200 OK\r\nContent-Length: 0")) {
            try (ScriptedServer server =
                    ScriptedServer.answering("HTTP/1.1 " + head + "\r\nContent-Encoding: gzip\r\n\r\n")) {
                assertEquals("", run(session.get(server.url("/")).text()));
            }
        }
    }

    /** Case 63. */
    @ParameterizedTest
    @EnumSource
    void aBombIsDecompressedAPieceAtATime(Format format) throws IOException {
        byte[] bomb = format.compress(new byte[50_000_000]);
        try (ScriptedServer server = sending(format.coding, bomb)) {
            long[] lengths = run(session.get(server.url("/")).use(response -> {
                long sum = 0;
                long longest = 0;
                for (ByteBuffer piece = await(response.body().read());
                        piece != null;
                        piece = await(response.body().read())) {
                    sum += piece.remaining();
                    longest = Math.max(longest, piece.remaining());
                }
                return new long[] {sum, longest};
            }));
            assertEquals(50_000_000, lengths[0]);
            assertTrue(lengths[1] <= 256 * 1024, "at a time: " + lengths[1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBombCanBeRefused(Format format) throws IOException {
        byte[] bomb = format.compress(new byte[50_000_000]);
        try (ScriptedServer server = sending(format.coding, bomb);
                ClientSession careful =
                        ClientSession.builder().maxDecompressionRatio(100).build()) {
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(careful.get(server.url("/")).bytes()));
            assertTrue(error.getMessage().contains("100 times"), error::getMessage);
        }
    }

    static Stream<Format> formats() {
        return Stream.of(Format.GZIP, Format.BR);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aBodyThatIsTooLongIsAnErrorWhereThatShows(Format format) throws IOException {
        try (ScriptedServer server = sending(format.coding, format.compress(TEXT));
                ClientSession small =
                        ClientSession.builder().maxBodyBytes(TEXT.length - 1).build()) {
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(small.get(server.url("/")).text()));
            assertTrue(error.getMessage().contains((TEXT.length - 1) + " bytes"), error::getMessage);
            assertArrayEquals(
                    TEXT,
                    run(small.get(server.url("/")).maxBodyBytes(TEXT.length).bytes()));
        }
    }

    @Test
    void limitsBelowZeroAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> ClientSession.builder().maxBodyBytes(-1));
        assertThrows(
                IllegalArgumentException.class, () -> ClientSession.builder().maxDecompressionRatio(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> session.get("http://localhost/").maxBodyBytes(-1));
    }

    @Test
    void theRatioIsToWhatCameHoweverManyCodingsThereAre() throws IOException {
        byte[] bomb = Format.GZIP.compress(Format.GZIP.compress(new byte[50_000_000]));
        try (ScriptedServer server = sending("gzip, gzip", bomb);
                ClientSession careful =
                        ClientSession.builder().maxDecompressionRatio(5000).build()) {
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(careful.get(server.url("/")).bytes()));
            assertTrue(error.getMessage().contains("5000 times"), error::getMessage);
        }
    }

    @Test
    void moreCodingsThanAnybodyNeedsAreAnError() throws IOException {
        try (ScriptedServer server = sending("gzip" + ",gzip".repeat(1500), TEXT)) {
            ClientPayloadException error = assertThrows(
                    ClientPayloadException.class,
                    () -> run(session.get(server.url("/")).bytes()));
            assertTrue(error.getMessage().contains("1501 content codings"), error::getMessage);
            assertArrayEquals(
                    TEXT, run(session.get(server.url("/")).autoDecompress(false).bytes()));
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.RawWebSocket.BINARY;
import static dev.jawait.testing.RawWebSocket.CLOSE;
import static dev.jawait.testing.RawWebSocket.CONTINUATION;
import static dev.jawait.testing.RawWebSocket.FIN;
import static dev.jawait.testing.RawWebSocket.PING;
import static dev.jawait.testing.RawWebSocket.PONG;
import static dev.jawait.testing.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncFunction;
import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.TaskTree;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.RawWebSocket;
import dev.jawait.testing.RawWebSocket.Frame;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through an open WebSocket; aiohttp's test_client_ws_functional. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class WebSocketTest {
    private static final WsMessage CLOSED = new WsMessage.Closed();

    private Connector connector;
    private ClientSession session;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() {
        connector = Connector.create();
        session = ClientSession.builder().connector(connector).build();
    }

    @AfterEach
    void nothingIsInUse() throws InterruptedException {
        Waiting.until("nothing in use", () -> connector.stats().inUse() == 0);
        session.close();
        connector.close();
    }

    private interface Talk {
        void with(RawWebSocket client) throws Exception;
    }

    /** A server that accepts, talks, and then notes what comes up to a Close frame, on which it closes the connection. */
    private ScriptedServer server(Talk talk, String... lines) throws IOException {
        return ScriptedServer.start(connection -> {
            RawWebSocket client = RawWebSocket.accept(connection, lines);
            talk.with(client);
            Frame frame;
            while ((frame = client.read()) != null) {
                frames.add(frame);
                if (frame.opcode() == CLOSE) {
                    return;
                }
            }
        });
    }

    private static ScriptedServer echo() throws IOException {
        return ScriptedServer.start(
                connection -> RawWebSocket.accept(connection).echo());
    }

    private WebSocketRequest to(ScriptedServer server) {
        return session.webSocket(server.url("/"));
    }

    private <R> R with(ScriptedServer server, AsyncFunction<WebSocket, R> body) {
        return run(to(server).use(body));
    }

    private Frame frame() throws InterruptedException {
        Frame frame = frames.poll(20, TimeUnit.SECONDS);
        assertNotNull(frame, "No frame came");
        return frame;
    }

    /** What a client gets of a server that sends {@code sent}. */
    private WsMessage received(byte[]... sent) throws IOException {
        try (ScriptedServer server = server(client -> {
            for (byte[] frame : sent) {
                client.send(frame[0] & 0xff, Arrays.copyOfRange(frame, 1, frame.length));
            }
            client.close(1000);
        })) {
            return with(server, webSocket -> await(webSocket.receive()));
        }
    }

    private static byte[] part(int first, String text) {
        return join(new byte[] {(byte) first}, text.getBytes(UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    // ---- messages

    @Test
    void textsAndBytesGoBothWays() throws IOException {
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        for (String text : List.of(
                "", "é\uD83D\uDE00", "x".repeat(125), "x".repeat(126), "x".repeat(65_535), "x".repeat(65_536))) {
            try (ScriptedServer server = echo()) {
                with(server, webSocket -> {
                    await(webSocket.sendText(text));
                    assertEquals(text, await(webSocket.receiveText()));
                    await(webSocket.sendBytes(large));
                    assertArrayEquals(large, await(webSocket.receiveBytes()));
                    await(webSocket.sendBytes(new byte[0]));
                    assertEquals(new WsMessage.Binary(new byte[0]), await(webSocket.receive()));
                    return null;
                });
            }
        }
    }

    @Test
    void jsonGoesBothWays() throws IOException {
        try (ScriptedServer server = echo()) {
            assertEquals(Map.of("a", 1), with(server, webSocket -> {
                await(webSocket.sendJson(Map.of("a", 1)));
                return await(webSocket.receiveJson(Map.class));
            }));
        }
    }

    @Test
    void whatIsSentIsMaskedWithAnotherKeyEachTime() throws Exception {
        try (ScriptedServer server = server(client -> {})) {
            with(server, webSocket -> {
                for (int i = 0; i < 10; i++) {
                    await(webSocket.sendText("same"));
                }
                return null;
            });
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Frame frame = frame();
            assertEquals("same", frame.text());
            keys.add(Arrays.toString(frame.mask()));
        }
        assertEquals(10, keys.size());
    }

    @Test
    void fragmentsArePutTogetherAndControlFramesMayComeBetweenThem() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send(TEXT, "hel".getBytes(UTF_8));
            client.send(FIN | PING, "p1".getBytes(UTF_8));
            client.send(CONTINUATION, "lo ".getBytes(UTF_8));
            client.send(FIN | PONG, "unasked".getBytes(UTF_8));
            client.send(CONTINUATION);
            client.send(FIN | CONTINUATION, "you".getBytes(UTF_8));
            client.send(BINARY, (byte) 1);
            client.send(FIN | CONTINUATION, (byte) 2);
        })) {
            WebSocket webSocket = run(to(server));
            assertEquals(new WsMessage.Text("hello you"), run(webSocket.receive()));
            assertEquals(new WsMessage.Binary(new byte[] {1, 2}), run(webSocket.receive()));
            Frame pong = frame();
            assertEquals(PONG, pong.opcode());
            assertEquals("p1", pong.text());
            run(webSocket.close());
        }
    }

    @Test
    void aCharacterMayBeCutByFragments() throws IOException {
        byte[] text = "\uD83D\uDE00".getBytes(UTF_8);
        byte[] first = join(new byte[] {TEXT}, Arrays.copyOfRange(text, 0, 2));
        byte[] second = join(new byte[] {(byte) (FIN | CONTINUATION)}, Arrays.copyOfRange(text, 2, 4));
        assertEquals(new WsMessage.Text("\uD83D\uDE00"), received(first, second));
    }

    @Test
    void messagesOfAnotherKindThanAskedForAreErrorsThatHaveThem() throws IOException {
        try (ScriptedServer server = server(client -> {
            client.send(FIN | BINARY, (byte) 1);
            client.text("secret");
            client.close(1000);
        })) {
            with(server, webSocket -> {
                var binary = assertThrows(WebSocketMessageTypeException.class, () -> await(webSocket.receiveText()));
                assertEquals(new WsMessage.Binary(new byte[] {1}), binary.received());
                var text = assertThrows(WebSocketMessageTypeException.class, () -> await(webSocket.receiveBytes()));
                assertEquals(new WsMessage.Text("secret"), text.received());
                assertFalse(text.getMessage().contains("secret"));
                var close = assertThrows(
                        WebSocketMessageTypeException.class, () -> await(webSocket.receiveJson(Map.class)));
                assertEquals(new WsMessage.Close(1000, ""), close.received());
                assertThrows(WebSocketMessageTypeException.class, () -> await(webSocket.receiveText()));
                return null;
            });
        }
    }

    @Test
    void messagesAreIteratedUpToTheEnd() throws IOException {
        try (ScriptedServer server = server(client -> {
            client.text("a");
            client.send(FIN | BINARY, (byte) 1);
            client.text("b");
            client.close(1000);
        })) {
            List<WsMessage> all = new ArrayList<>();
            with(server, webSocket -> {
                for (WsMessage message : webSocket.messages()) {
                    all.add(message);
                }
                assertEquals(1000, webSocket.closeCode());
                return null;
            });
            assertEquals(
                    List.of(new WsMessage.Text("a"), new WsMessage.Binary(new byte[] {1}), new WsMessage.Text("b")),
                    all);
        }
    }

    @Test
    void messagesArePublishedAsTheyAreDemanded() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.text("a");
            client.text("b");
            client.close(1000);
        })) {
            WebSocket webSocket = run(to(server));
            List<WsMessage> all = new CopyOnWriteArrayList<>();
            CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
            CompletableFuture<Boolean> complete = new CompletableFuture<>();
            webSocket.messages().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.complete(subscription);
                }

                @Override
                public void onNext(WsMessage message) {
                    all.add(message);
                }

                @Override
                public void onError(Throwable error) {
                    complete.completeExceptionally(error);
                }

                @Override
                public void onComplete() {
                    complete.complete(true);
                }
            });
            Flow.Subscription subscription = subscribed.get(20, TimeUnit.SECONDS);
            subscription.request(1);
            Waiting.until("one message", () -> all.size() == 1);
            assertFalse(complete.isDone());
            subscription.request(5);
            assertTrue(complete.get(20, TimeUnit.SECONDS));
            assertEquals(List.of(new WsMessage.Text("a"), new WsMessage.Text("b")), all);
        }
    }

    // ---- pings

    @Test
    void pingsAreAnsweredAlsoWhileNobodyReceives() throws Exception {
        try (ScriptedServer server = server(client -> client.send(FIN | PING, "now".getBytes(UTF_8)))) {
            WebSocket webSocket = run(to(server));
            Frame pong = frame();
            assertEquals(FIN | PONG, pong.first());
            assertEquals("now", pong.text());
            assertNotNull(pong.mask());
            run(webSocket.close());
        }
    }

    @Test
    void withoutAutoPingPingsAndPongsAreMessages() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send(FIN | PING, (byte) 1);
            client.send(FIN | PONG, (byte) 2);
        })) {
            WebSocket webSocket = run(to(server).autoPing(false));
            assertEquals(new WsMessage.Ping(new byte[] {1}), run(webSocket.receive()));
            assertEquals(new WsMessage.Pong(new byte[] {2}), run(webSocket.receive()));
            run(webSocket.pong(new byte[] {1}));
            assertEquals(FIN | PONG, frame().first());
            run(webSocket.ping());
            assertEquals(FIN | PING, frame().first());
            run(webSocket.close());
        }
    }

    @Test
    void controlFramesHaveAtMost125Bytes() throws Exception {
        try (ScriptedServer server = echo()) {
            with(server, webSocket -> {
                assertThrows(IllegalArgumentException.class, () -> webSocket.ping(new byte[126]));
                assertThrows(IllegalArgumentException.class, () -> webSocket.pong(new byte[126]));
                assertThrows(IllegalArgumentException.class, () -> webSocket.close(1000, "x".repeat(124)));
                for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000}) {
                    assertThrows(IllegalArgumentException.class, () -> webSocket.close(code, ""));
                }
                return null;
            });
        }
    }

    @Test
    void aServerThatPingsAndDoesNotReadIsNotAnsweredEachOfThem() throws Exception {
        int pings = 20_000;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.socket().setReceiveBufferSize(16 * 1024);
            RawWebSocket client = RawWebSocket.accept(connection);
            byte[] ping = RawWebSocket.frame(FIN | PING, new byte[125]);
            for (int i = 0; i < pings; i++) {
                connection.send(ping);
            }
            client.send(FIN | PING, "last".getBytes(UTF_8));
            int pongs = 1;
            while (!client.next().text().equals("last")) {
                pongs++;
            }
            client.text(String.valueOf(pongs));
            client.echo();
        })) {
            WebSocket webSocket = run(to(server));
            int pongs = Integer.parseInt(run(webSocket.receiveText()));
            assertTrue(pongs < pings, "Pongs: " + pongs);
            run(webSocket.close());
        }
    }

    // ---- what breaks the rules

    private WebSocketException failure(Talk talk, WebSocketRequestOptions options, String... lines) throws Exception {
        try (ScriptedServer server = server(talk, lines)) {
            WebSocket webSocket = run(options.of(to(server)));
            var error = assertThrows(WebSocketException.class, () -> run(webSocket.receive()));
            assertEquals(error.closeCode(), webSocket.closeCode());
            assertEquals(error, webSocket.exception());
            assertTrue(webSocket.isClosed());
            assertEquals(CLOSED, run(webSocket.receive()));
            Frame close = frame();
            assertEquals(FIN | CLOSE, close.first());
            assertEquals(error.closeCode(), close.code());
            assertThrows(ClientConnectionException.class, () -> run(webSocket.sendText("late")));
            assertFalse(run(webSocket.close()));
            return error;
        }
    }

    private interface WebSocketRequestOptions {
        WebSocketRequest of(WebSocketRequest request);
    }

    private int code(Talk talk) throws Exception {
        return failure(talk, request -> request).closeCode();
    }

    /** Case 81, and 83: the first byte of the frame; then reserved bits that were not agreed on. */
    @ParameterizedTest
    @ValueSource(
            ints = {FIN | 3, FIN | 11, FIN | 0x40 | TEXT, FIN | 0x20 | TEXT, FIN | 0x10 | TEXT, PING, FIN | CONTINUATION
            })
    void framesThatThereAreNotCloseWith1002(int first) throws Exception {
        assertEquals(1002, code(client -> client.send(first, "x".getBytes(UTF_8))));
    }

    @Test
    void framesOfAServerThatAreMaskedCloseWith1002() throws Exception {
        assertEquals(1002, code(client -> client.sendRaw(FIN | TEXT, 0x80, 0, 0, 0, 0)));
    }

    @Test
    void aNewMessageWithinAnotherClosesWith1002() throws Exception {
        assertEquals(1002, code(client -> {
            client.send(TEXT, "a".getBytes(UTF_8));
            client.text("b");
        }));
    }

    @Test
    void aControlFrameOfMoreThan125BytesClosesWith1002() throws Exception {
        assertEquals(1002, code(client -> client.send(FIN | PING, new byte[126])));
    }

    @Test
    void closeFramesThatThereAreNotCloseWith1002() throws Exception {
        assertEquals(1002, code(client -> client.send(FIN | CLOSE, (byte) 3)));
        frames.clear();
        assertEquals(1002, code(client -> client.send(FIN | CLOSE, RawWebSocket.close(1005, ""))));
        frames.clear();
        byte[] badReason = RawWebSocket.close(1000, "x");
        badReason[2] = (byte) 0xff;
        assertEquals(1007, code(client -> client.send(FIN | CLOSE, badReason)));
    }

    @Test
    void aTextThatIsNotUtf8ClosesWith1007() throws Exception {
        assertEquals(1007, code(client -> client.send(FIN | TEXT, (byte) 0xc3, (byte) 0x28)));
        frames.clear();
        assertEquals(1007, code(client -> {
            client.send(TEXT, (byte) 0xc3);
            client.send(FIN | CONTINUATION);
        }));
    }

    @Test
    void aMessageThatIsTooLongClosesWith1009() throws Exception {
        WebSocketRequestOptions small = request -> request.maxMessageBytes(1000);
        assertEquals(
                1009,
                failure(client -> client.send(FIN | BINARY, new byte[1001]), small)
                        .closeCode());
        frames.clear();
        assertEquals(
                1009,
                failure(
                                client -> {
                                    client.send(BINARY, new byte[600]);
                                    client.send(FIN | CONTINUATION, new byte[401]);
                                },
                                small)
                        .closeCode());
        frames.clear();
        assertEquals(
                1009,
                failure(client -> client.sendRaw(FIN | BINARY, 127, 0, 0, 0, 0, 0, 0x40, 0, 1), r -> r)
                        .closeCode());
    }

    @Test
    void aMessageMayBeAsLongAsItMay() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send(BINARY, new byte[600]);
            client.send(FIN | CONTINUATION, new byte[400]);
            client.send(FIN | BINARY, new byte[1000]);
            client.close(1000);
        })) {
            run(to(server).maxMessageBytes(1000).use(webSocket -> {
                assertEquals(1000, await(webSocket.receiveBytes()).length);
                assertEquals(1000, await(webSocket.receiveBytes()).length);
                return null;
            }));
        }
    }

    @Test
    void withoutALimitAMessageMayBeOfAnyLength() throws Exception {
        byte[] large = new byte[5 * 1024 * 1024];
        try (ScriptedServer server = server(client -> {
            client.send(FIN | BINARY, large);
            client.close(1000);
        })) {
            byte[] received = run(to(server).maxMessageBytes(0).use(ws -> await(ws.receiveBytes())));
            assertEquals(large.length, received.length);
        }
    }

    @Test
    void aServerThatSendsOnAfterItsMistakeStillHearsOfIt() throws Exception {
        assertEquals(
                1009,
                failure(
                                client -> {
                                    client.send(FIN | BINARY, new byte[100]);
                                    for (int i = 0; i < 100; i++) {
                                        client.send(FIN | BINARY, new byte[10_000]);
                                    }
                                },
                                request -> request.maxMessageBytes(99))
                        .closeCode());
    }

    @Test
    void messagesBeforeTheMistakeAreReceived() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.text("good");
            client.send(FIN | 3);
        })) {
            WebSocket webSocket = run(to(server));
            Waiting.until("the mistake", webSocket::isClosed);
            assertEquals("good", run(webSocket.receiveText()));
            assertThrows(WebSocketException.class, () -> run(webSocket.receive()));
        }
    }

    // ---- compression

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(text.getBytes(UTF_8));
        byte[] out = new byte[text.length() + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static String inflated(byte[] data) throws Exception {
        Inflater inflater = new Inflater(true);
        inflater.setInput(join(data, new byte[] {0, 0, (byte) 0xff, (byte) 0xff}));
        byte[] out = new byte[100_000];
        int length = inflater.inflate(out);
        inflater.end();
        return new String(out, 0, length, UTF_8);
    }

    @Test
    void compressedMessagesGoBothWays() throws Exception {
        String text = "again and again ".repeat(1000);
        byte[] deflated = deflated(text);
        try (ScriptedServer server = server(
                client -> {
                    client.send(FIN | 0x40 | TEXT, deflated);
                    client.text("plain");
                    client.send(0x40 | TEXT, Arrays.copyOf(deflated, 5));
                    client.send(FIN | PING);
                    client.send(FIN | CONTINUATION, Arrays.copyOfRange(deflated, 5, deflated.length));
                },
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover")) {
            WebSocket webSocket = run(to(server).compress(true));
            assertTrue(webSocket.isCompressed());
            assertEquals(text, run(webSocket.receiveText()));
            assertEquals("plain", run(webSocket.receiveText()));
            assertEquals(text, run(webSocket.receiveText()));
            assertEquals(FIN | PONG, frame().first());
            for (int i = 0; i < 2; i++) {
                run(webSocket.sendText(text));
                Frame frame = frame();
                assertEquals(FIN | 0x40 | TEXT, frame.first());
                assertTrue(frame.payload().length < 1000);
                assertEquals(text, inflated(frame.payload()));
            }
            run(webSocket.close());
        }
    }

    @Test
    void aServerNeedNotCompress() throws Exception {
        try (ScriptedServer server = echo()) {
            assertFalse(run(to(server).compress(true).use(WebSocket::isCompressed)));
        }
    }

    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

    @ParameterizedTest
    @ValueSource(ints = {FIN | 0x20 | TEXT, FIN | 0x50 | TEXT, FIN | 0x40 | PING})
    void otherReservedBitsCloseWith1002AlsoWithCompression(int first) throws Exception {
        assertEquals(
                1002,
                failure(client -> client.send(first), request -> request.compress(true), DEFLATE)
                        .closeCode());
    }

    @Test
    void whatIsNotCompressedAsItSaysClosesWith1007() throws Exception {
        byte[] garbage = new byte[100];
        Arrays.fill(garbage, (byte) 0xff);
        assertEquals(
                1007,
                failure(client -> client.send(FIN | 0x40 | TEXT, garbage), request -> request.compress(true), DEFLATE)
                        .closeCode());
    }

    @Test
    void aMessageThatIsTooLongOnceDecompressedClosesWith1009() throws Exception {
        byte[] bomb = deflated("x".repeat(1_000_000));
        assertEquals(
                1009,
                failure(
                                client -> client.send(FIN | 0x40 | TEXT, bomb),
                                request -> request.compress(true).maxMessageBytes(999_999),
                                DEFLATE)
                        .closeCode());
        try (ScriptedServer server = server(
                client -> {
                    client.send(FIN | 0x40 | TEXT, bomb);
                    client.close(1000);
                },
                DEFLATE)) {
            String whole =
                    run(to(server).compress(true).maxMessageBytes(1_000_000).use(ws -> await(ws.receiveText())));
            assertEquals(1_000_000, whole.length());
        }
    }

    // ---- tasks

    @Test
    void anyNumberOfTasksMaySend() throws Exception {
        try (ScriptedServer server = echo()) {
            Set<String> received = new HashSet<>();
            with(server, webSocket -> {
                List<String> texts =
                        IntStream.range(0, 200).mapToObj(i -> i + "x".repeat(i)).toList();
                var sending = createTask(
                        gather(texts.stream().map(webSocket::sendText).toList()));
                for (int i = 0; i < texts.size(); i++) {
                    received.add(await(webSocket.receiveText()));
                }
                assertEquals(new HashSet<>(texts), received);
                return await(sending);
            });
        }
    }

    @Test
    void twoReceiversAtOnceAreRefused() throws Exception {
        try (ScriptedServer server = echo()) {
            with(server, webSocket -> {
                Task<WsMessage> first = createTask(webSocket.receive());
                Waiting.until("the first to wait", WebSocketTest::isWaiting);
                assertThrows(IllegalStateException.class, () -> await(webSocket.receive()));
                assertNull(webSocket.closeCode());
                await(webSocket.sendText("for the first"));
                assertEquals(new WsMessage.Text("for the first"), await(first));
                return null;
            });
        }
    }

    private static boolean isWaiting() {
        return TaskTree.dump().contains("a message from");
    }

    // ---- cancel and time limits

    /** Case 79. */
    @Test
    void aReceiveThatIsCancelledOrTimedOutCountsAsAnAbnormalEndButLosesNothing() throws Exception {
        try (ScriptedServer server = server(client -> {
            Frame frame;
            while ((frame = client.read()) != null && frame.opcode() != CLOSE) {
                client.text("answer");
            }
            frames.add(frame);
        })) {
            WebSocket webSocket = run(to(server));
            assertThrows(
                    AsyncTimeoutException.class, () -> run(withTimeout(Duration.ofMillis(20), webSocket.receive())));
            assertEquals(1006, webSocket.closeCode());
            assertFalse(webSocket.isClosed());
            var limit = assertThrows(ClientTimeoutException.class, () -> run(webSocket.receive(Duration.ofMillis(20))));
            assertEquals("receiveTimeout", limit.limitName());
            Task<String> cancelled = webSocket.receiveText().start();
            Waiting.until("it to wait", WebSocketTest::isWaiting);
            cancelled.cancel();
            assertThrows(CancelledException.class, cancelled::join);
            CompletableFuture<byte[]> future = webSocket.receiveBytes().toFuture();
            Waiting.until("it to wait", WebSocketTest::isWaiting);
            future.cancel(true);
            Waiting.until("it to end", () -> !isWaiting());
            run(webSocket.sendText("question"));
            assertEquals("answer", run(webSocket.receiveText()));
            assertTrue(run(webSocket.close()));
            assertEquals(1006, webSocket.closeCode());
            assertEquals(1000, frame().code());
        }
    }

    @Test
    void receiveTimeoutIsForEachMessage() throws Exception {
        try (ScriptedServer server = server(client -> client.text("first"))) {
            WebSocket webSocket = run(to(server).receiveTimeout(Duration.ofMillis(200)));
            assertEquals("first", run(webSocket.receiveText()));
            assertThrows(ClientTimeoutException.class, () -> run(webSocket.receiveText()));
            run(webSocket.close());
        }
    }

    @Test
    void aMessageThatMeetsACancelIsNotLost() throws Exception {
        int rounds = 300;
        try (ScriptedServer server = echo()) {
            with(server, webSocket -> {
                for (int i = 0; i < rounds; i++) {
                    Task<String> receiving = createTask(webSocket.receiveText());
                    await(webSocket.sendText("message " + i));
                    receiving.cancel();
                    String got;
                    try {
                        got = await(receiving);
                    } catch (CancelledException e) {
                        got = await(webSocket.receiveText());
                    }
                    assertEquals("message " + i, got);
                }
                return null;
            });
        }
    }

    // ---- back-pressure

    @Test
    void whatNobodyReceivesIsNotReadBeyondABuffer() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        int messages = 5_000;
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.socket().setSendBufferSize(64 * 1024);
            RawWebSocket client = RawWebSocket.accept(connection);
            for (int i = 0; i < messages; i++) {
                client.send(FIN | BINARY, new byte[10_000]);
                sent.incrementAndGet();
            }
            client.close(1000);
            client.read();
        })) {
            WebSocket webSocket = run(to(server));
            int before = -1;
            while (before != sent.get()) {
                before = sent.get();
                TimeUnit.MILLISECONDS.sleep(300);
            }
            assertTrue(before < messages / 2, "Sent without being received: " + before);
            int received = 0;
            while (run(webSocket.receive()) instanceof WsMessage.Binary) {
                received++;
            }
            assertEquals(messages, received);
        }
    }

    @Test
    void aSendWaitsUntilTheSystemHasAllOfIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.socket().setReceiveBufferSize(16 * 1024);
            RawWebSocket client = RawWebSocket.accept(connection);
            connection.stall();
            client.echo();
        })) {
            WebSocket webSocket = run(to(server).maxMessageBytes(0));
            byte[] large = new byte[30_000_000];
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> run(withTimeout(Duration.ofMillis(300), webSocket.sendBytes(large))));
            Task<Void> sending = webSocket.sendText("after it").start();
            assertFalse(sending.isDone());
            server.release();
            assertEquals(large.length, run(webSocket.receiveBytes()).length, "It was sent all the same");
            assertEquals("after it", run(webSocket.receiveText()));
            sending.join();
            run(webSocket.close());
        }
    }

    // ---- heartbeat

    private static final Duration BEAT = Duration.ofMillis(100);

    /** Case 80. */
    @Test
    void aHeartbeatThatIsNotAnsweredEndsIt() throws Exception {
        try (ScriptedServer server = server(client -> {})) {
            WebSocket webSocket = run(to(server).heartbeat(BEAT));
            var error = assertThrows(ClientTimeoutException.class, () -> run(webSocket.receive()));
            assertEquals("heartbeat", error.limitName());
            assertEquals(1006, webSocket.closeCode());
            assertEquals(error, webSocket.exception());
            assertEquals(FIN | PING, frame().first());
            assertEquals(CLOSED, run(webSocket.receive()));
            assertTrue(webSocket.isClosed());
        }
    }

    @Test
    void aHeartbeatThatIsAnsweredKeepsIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            RawWebSocket client = RawWebSocket.accept(connection);
            for (int i = 0; i < 3; i++) {
                Frame ping = client.next();
                assertEquals(FIN | PING, ping.first());
                client.send(FIN | PONG, ping.payload());
            }
            client.text("three");
            client.echo();
        })) {
            assertEquals(
                    "three", run(to(server).heartbeat(Duration.ofMillis(1000)).use(ws -> await(ws.receiveText()))));
        }
    }

    @Test
    void aHeartbeatRestsWhileWhatCameWaitsToBeReceived() throws Exception {
        try (ScriptedServer server = server(client -> {
            for (int i = 0; i < 100; i++) {
                client.send(FIN | BINARY, new byte[10_000]);
            }
            Frame ping = client.next();
            client.send(FIN | PONG, ping.payload());
            frames.add(ping);
            client.echo();
        })) {
            WebSocket webSocket = run(to(server).heartbeat(BEAT));
            assertEquals(PING, frame().opcode());
            assertThrows(
                    AsyncTimeoutException.class,
                    () -> run(withTimeout(Duration.ofMillis(500), sleep(Duration.ofDays(1)))));
            assertNull(webSocket.closeCode());
            for (int i = 0; i < 100; i++) {
                assertInstanceOf(WsMessage.Binary.class, run(webSocket.receive()));
            }
            run(webSocket.close());
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.scope;
import static dev.jawait.Async.use;
import static dev.jawait.testing.RawWebSocket.BINARY;
import static dev.jawait.testing.RawWebSocket.CLOSE;
import static dev.jawait.testing.RawWebSocket.FIN;
import static dev.jawait.testing.RawWebSocket.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.TaskTree;
import dev.jawait.testing.Garbage;
import dev.jawait.testing.Logged;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.RawWebSocket;
import dev.jawait.testing.RawWebSocket.Frame;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How WebSockets end: by either side, by accident, and with what they belong to; aiohttp's test_client_ws_functional. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class WebSocketCloseTest {
    private static final WsMessage CLOSED = new WsMessage.Closed();
    private static final Duration SOON = Duration.ofMillis(100);

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

    /** A server that accepts, talks, and ends the connection; what {@link #note} reads is in {@link #frames}. */
    private static ScriptedServer server(Talk talk) throws IOException {
        return ScriptedServer.start(connection -> talk.with(RawWebSocket.accept(connection)));
    }

    /** Notes what comes, until the client closes the connection. */
    private void note(RawWebSocket client) throws IOException {
        Frame frame;
        while ((frame = client.read()) != null) {
            frames.add(frame);
        }
    }

    /** Notes what comes, and answers a Close frame. */
    private void answer(RawWebSocket client) throws IOException {
        Frame frame;
        while ((frame = client.read()) != null) {
            frames.add(frame);
            if (frame.opcode() == CLOSE) {
                client.send(FIN | CLOSE, frame.payload());
            }
        }
    }

    private Frame frame() throws InterruptedException {
        Frame frame = frames.poll(20, TimeUnit.SECONDS);
        assertNotNull(frame, "No frame came");
        return frame;
    }

    private WebSocketRequest to(ScriptedServer server) {
        return session.webSocket(server.url("/"));
    }

    private Task<WsMessage> receiving(WebSocket webSocket) throws InterruptedException {
        Task<WsMessage> receiving = webSocket.receive().start();
        Waiting.until("it to wait", () -> TaskTree.dump().contains("a message from"));
        return receiving;
    }

    // ---- by this side

    @Test
    void closingTellsTheServerAndWaitsForItsAnswer() throws Exception {
        try (ScriptedServer server = server(client -> {
            frames.add(client.next());
            client.text("not wanted any more");
            client.close(3001);
            note(client);
        })) {
            WebSocket webSocket = run(to(server));
            assertTrue(run(webSocket.close(3000, "é")));
            assertEquals(0, connector.stats().open());
            assertEquals(3001, webSocket.closeCode());
            assertNull(webSocket.exception());
            assertTrue(webSocket.isClosed());
            Frame close = frame();
            assertEquals(3000, close.code());
            assertTrue(close.text().endsWith("é"));
            assertEquals(CLOSED, run(webSocket.receive()));
            assertFalse(run(webSocket.close()));
            assertThrows(ClientConnectionException.class, () -> run(webSocket.sendText("late")));
            assertTrue(frames.isEmpty());
        }
    }

    /** Case 76; aiohttp has two messages there, CLOSING and CLOSED. */
    @Test
    void whoReceivesWhileAnotherClosesGetsClosed() throws Exception {
        try (ScriptedServer server = server(this::answer)) {
            WebSocket webSocket = run(to(server));
            Task<WsMessage> receiving = receiving(webSocket);
            assertTrue(run(webSocket.close()));
            assertEquals(CLOSED, receiving.join());
            assertEquals(1000, webSocket.closeCode());
        }
    }

    /** Case 77. */
    @Test
    void aServerThatDoesNotAnswerIsWaitedForUpToTheLimit() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            WebSocket webSocket = run(to(server).closeTimeout(SOON));
            assertTrue(run(webSocket.close()));
            assertEquals(1006, webSocket.closeCode());
            assertEquals(
                    "closeTimeout",
                    assertInstanceOf(ClientTimeoutException.class, webSocket.exception())
                            .limitName());
            assertEquals(0, connector.stats().open());
        }
    }

    @Test
    void aServerThatReadsNothingIsWaitedForUpToTheLimit() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            RawWebSocket.accept(connection);
            connection.stall();
        })) {
            WebSocket webSocket = run(to(server).closeTimeout(SOON));
            Task<Void> sending = webSocket.sendBytes(new byte[30_000_000]).start();
            Waiting.until("it to wait", () -> TaskTree.dump().contains("output to"));
            assertTrue(run(webSocket.close()));
            assertThrows(ClientConnectionException.class, sending::join);
            assertEquals(1006, webSocket.closeCode());
        }
    }

    /** Case 78. */
    @Test
    void aCancelledCloseLeavesItClosed() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            WebSocket webSocket = run(to(server));
            Task<Boolean> closing = webSocket.close().start();
            assertEquals(1000, frame().code());
            closing.cancel();
            assertThrows(CancelledException.class, closing::join);
            assertTrue(webSocket.isClosed());
            assertEquals(1006, webSocket.closeCode());
            Waiting.until("the place to be free", () -> connector.stats().open() == 0);
            server.awaitNoConnections();
        }
    }

    @Test
    void aCloseWhoseFutureIsCancelledLeavesItClosed() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            CompletableFuture<Boolean> closing = run(to(server)).close().toFuture();
            frame();
            closing.cancel(true);
            server.awaitNoConnections();
        }
    }

    @Test
    void whoClosesSecondWaitsForTheEndAsWell() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            RawWebSocket client = RawWebSocket.accept(connection);
            frames.add(client.next());
            connection.stall();
        })) {
            WebSocket webSocket = run(to(server));
            Task<Boolean> first = webSocket.close().start();
            frame();
            Task<Boolean> second = webSocket.close(3000, "").start();
            Waiting.until("both to wait", () -> TaskTree.dump().split("the end of", -1).length == 3);
            second.cancel();
            assertThrows(CancelledException.class, second::join);
            assertFalse(first.isDone());
            server.release();
            assertTrue(first.join());
        }
    }

    // ---- by the server

    @Test
    void aCloseOfTheServerIsAMessageAndAnsweredAtOnce() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.text("last");
            client.send(FIN | CLOSE, RawWebSocket.close(1001, "restart"));
            note(client);
        })) {
            WebSocket webSocket = run(to(server));
            Frame close = frame();
            assertEquals(1001, close.code());
            Waiting.until("the place to be free", () -> connector.stats().open() == 0);
            assertEquals(1001, webSocket.closeCode());
            assertEquals(new WsMessage.Text("last"), run(webSocket.receive()));
            assertEquals(new WsMessage.Close(1001, "restart"), run(webSocket.receive()));
            assertEquals(CLOSED, run(webSocket.receive()));
            assertNull(webSocket.exception());
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithout() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send(FIN | CLOSE);
            note(client);
        })) {
            WebSocket webSocket = run(to(server));
            assertEquals(new WsMessage.Close(1005, ""), run(webSocket.receive()));
            assertEquals(0, frame().payload().length);
            assertEquals(1005, webSocket.closeCode());
        }
    }

    @Test
    void withoutAutoCloseTheUserAnswers() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.close(1000);
            note(client);
        })) {
            WebSocket webSocket = run(to(server).autoClose(false));
            assertEquals(new WsMessage.Close(1000, ""), run(webSocket.receive()));
            assertFalse(webSocket.isClosed());
            assertTrue(frames.isEmpty());
            run(webSocket.sendText("before I go"));
            assertEquals("before I go", frame().text());
            assertTrue(run(webSocket.close(3000, "")));
            assertEquals(3000, frame().code());
            assertEquals(1000, webSocket.closeCode());
        }
    }

    // ---- by accident

    private WebSocket lost(ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            WebSocket webSocket = run(to(server));
            Task<WsMessage> receiving = webSocket.receive().start();
            assertEquals(CLOSED, receiving.join());
            assertEquals(1006, webSocket.closeCode());
            assertTrue(webSocket.isClosed());
            assertThrows(ClientConnectionException.class, () -> run(webSocket.sendText("late")));
            assertFalse(run(webSocket.close()));
            return webSocket;
        }
    }

    /** Case 82. */
    @Test
    void aConnectionThatEndsIsClosed() throws Exception {
        assertNull(lost(RawWebSocket::accept).exception());
    }

    @Test
    void aConnectionThatIsResetIsClosed() throws Exception {
        lost(connection -> {
            RawWebSocket client = RawWebSocket.accept(connection);
            client.send(TEXT);
            connection.reset();
        });
    }

    @Test
    void aConnectionThatEndsWithinAFrameIsClosed() throws Exception {
        lost(connection -> RawWebSocket.accept(connection).sendRaw(FIN | BINARY, 5, 1, 2));
    }

    @Test
    void whatCameBeforeTheConnectionWasLostIsReceived() throws Exception {
        try (ScriptedServer server = server(client -> client.text("last"))) {
            WebSocket webSocket = run(to(server));
            Waiting.until("the end", webSocket::isClosed);
            assertEquals("last", run(webSocket.receiveText()));
            assertEquals(CLOSED, run(webSocket.receive()));
        }
    }

    // ---- with what it belongs to

    @Test
    void closingTheSessionClosesItWith1001() throws Exception {
        try (ScriptedServer server = server(this::answer)) {
            WebSocket webSocket = run(to(server));
            Task<WsMessage> receiving = receiving(webSocket);
            session.close();
            assertEquals(CLOSED, receiving.join());
            assertEquals(1001, frame().code());
            Waiting.until("the end", () -> connector.stats().open() == 0);
            assertEquals(1001, webSocket.closeCode());
            assertThrows(IllegalStateException.class, () -> run(to(server)));
        }
    }

    @Test
    void closingASessionWithAConnectorOfItsOwnClosesItWith1001() throws Exception {
        try (ScriptedServer server = server(this::answer)) {
            ClientSession own = ClientSession.create();
            WebSocket webSocket = run(own.webSocket(server.url("/")));
            own.close();
            assertEquals(1001, frame().code());
            server.awaitNoConnections();
            assertFalse(run(webSocket.close()));
        }
    }

    @Test
    void closingTheConnectorClosesItWith1001() throws Exception {
        try (ScriptedServer server = server(this::answer)) {
            WebSocket webSocket = run(to(server));
            connector.close();
            assertEquals(1001, frame().code());
            assertFalse(run(webSocket.close()));
            server.awaitNoConnections();
        }
    }

    @Test
    void aServerThatDoesNotAnswerHoldsAClosedSessionsSocketUpToTheLimit() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            ClientSession own = ClientSession.create();
            WebSocket webSocket = run(own.webSocket(server.url("/")).closeTimeout(SOON));
            own.close();
            assertEquals(1001, frame().code());
            server.awaitNoConnections();
            assertEquals(1006, webSocket.closeCode());
        }
    }

    @Test
    void aGracefulCloseWaitsForIt() throws Exception {
        try (ScriptedServer server = server(this::answer);
                ClientSession own = ClientSession.create()) {
            WebSocket webSocket = run(own.webSocket(server.url("/")));
            Task<Boolean> closing = own.closeGracefully(Duration.ofSeconds(20)).start();
            Waiting.until("it to be refused", own::isClosed);
            run(webSocket.sendText("still here"));
            assertEquals("still here", frame().text());
            assertFalse(closing.isDone());
            run(webSocket.close());
            assertTrue(closing.join());
        }
    }

    @Test
    void aGracefulCloseWhoseLimitPassesClosesItWith1001() throws Exception {
        try (ScriptedServer server = server(this::answer);
                ClientSession own = ClientSession.create()) {
            WebSocket webSocket = run(own.webSocket(server.url("/")));
            assertFalse(run(own.closeGracefully(SOON)));
            assertEquals(1001, frame().code());
            assertFalse(run(webSocket.close()));
        }
    }

    @Test
    void aBodyThatFailsClosesItWithoutWaiting() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> run(to(server).use(webSocket -> {
                        throw new IllegalStateException("mine");
                    })));
            assertEquals(1001, frame().code());
            server.awaitNoConnections();
        }
    }

    @Test
    void aBodyThatIsCancelledClosesItWithoutWaiting() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            Task<WsMessage> task =
                    to(server).use(webSocket -> await(webSocket.receive())).start();
            Waiting.until("it to wait", () -> TaskTree.dump().contains("a message from"));
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            assertEquals(1001, frame().code());
            server.awaitNoConnections();
        }
    }

    @Test
    void asAResourceItIsClosedAtTheEnd() throws Exception {
        try (ScriptedServer server = server(this::answer)) {
            run(() -> await(use(await(to(server)), webSocket -> await(webSocket.sendText("in")))));
            assertEquals("in", frame().text());
            assertEquals(1000, frame().code());
            run(scope(scope -> await(scope.enter(await(to(server)))).closeCode()));
            assertEquals(1000, frame().code());
        }
    }

    @Test
    void aForgottenWebSocketIsClosedAndLoggedWithWhereItWasOpened() throws Exception {
        try (ScriptedServer server = server(this::note)) {
            String log = Logged.untilCollected(() -> openAndForget(server), "A WebSocket was never closed");
            Waiting.until("closed", () -> server.openConnections() == 0);
            Waiting.until("given up", () -> connector.stats().open() == 0);
            assertTrue(log.contains("A WebSocket was never closed"), log);
        }
    }

    private void openAndForget(ScriptedServer server) {
        assertFalse(run(to(server)).isClosed());
    }

    @Test
    void aWebSocketThatSomebodyReceivesFromIsNotForgotten() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            RawWebSocket client = RawWebSocket.accept(connection);
            connection.stall();
            client.text("late");
            answer(client);
        })) {
            receiveAndForget(server);
            Garbage.collectUntil(() -> server.openConnections() == 0, 20_000);
        }
    }

    private void receiveAndForget(ScriptedServer server) throws InterruptedException {
        Task<String> receiving = run(to(server)).receiveText().start();
        Waiting.until("it to wait", () -> TaskTree.dump().contains("a message from"));
        Garbage.collectUntil(() -> false, 300);
        server.release();
        assertEquals("late", receiving.join());
    }
}

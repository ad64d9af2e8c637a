package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;
import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.CancelledException;
import dev.jawait.Task;
import dev.jawait.kotlin.KtorEngines;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.RawWebSocket;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.TestProxy;
import dev.jawait.testing.Waiting;
import io.ktor.client.engine.cio.CIO;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How WebSockets are opened: as a request of the session's, whose connection then is no longer one for requests. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class WebSocketHandshakeTest {
    private Connector connector;
    private ClientSession session;
    private final List<ScriptedConnection.Request> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        connector = Connector.builder().limit(1).build();
        session = ClientSession.builder().connector(connector).build();
    }

    @AfterEach
    void nothingIsInUse() throws InterruptedException {
        Waiting.until("nothing in use", () -> connector.stats().inUse() == 0);
        session.close();
        connector.close();
    }

    private void noteAndEcho(ScriptedConnection connection) throws IOException {
        ScriptedConnection.Request request = connection.readRequest();
        if (request != null) {
            requests.add(request);
            connection.send(RawWebSocket.answer(request));
            RawWebSocket.on(connection).echo();
        }
    }

    private ScriptedServer echo() throws IOException {
        return ScriptedServer.start(this::noteAndEcho);
    }

    private static String ws(ScriptedServer server, String path) {
        return server.url(path).replaceFirst("http", "ws");
    }

    private static String hello(WebSocket webSocket) {
        await(webSocket.sendText("hello"));
        return await(webSocket.receiveText());
    }

    private String header(String name) {
        return requests.get(0).headers().get(name);
    }

    @Test
    void theHandshakeIsWhatTheRfcAsksFor() throws Exception {
        try (ScriptedServer server = echo()) {
            assertEquals(
                    "hello",
                    run(session.webSocket(ws(server, "/chat?room=1"))
                            .param("user", "a b")
                            .origin("https://example.org")
                            .protocols("chat", "superchat")
                            .header("X-One", "1")
                            .use(WebSocketHandshakeTest::hello)));
            assertEquals("GET", requests.get(0).method());
            assertEquals("/chat?room=1&user=a%20b", requests.get(0).target());
            assertEquals("websocket", header("Upgrade"));
            assertEquals("Upgrade", header("Connection"));
            assertEquals("13", header("Sec-WebSocket-Version"));
            assertEquals(16, Base64.getDecoder().decode(header("Sec-WebSocket-Key")).length);
            assertEquals("chat, superchat", header("Sec-WebSocket-Protocol"));
            assertEquals("https://example.org", header("Origin"));
            assertEquals("1", header("X-One"));
            assertNull(header("Sec-WebSocket-Extensions"));
            assertNull(header("Content-Length"));
        }
    }

    @Test
    void eachTimeItIsOpenedThereIsAnotherKey() throws Exception {
        try (ScriptedServer server = echo()) {
            WebSocketRequest request = session.webSocket(URI.create(server.url("/")));
            run(request.use(WebSocketHandshakeTest::hello));
            run(request.use(WebSocketHandshakeTest::hello));
            assertNotEquals(
                    header("Sec-WebSocket-Key"), requests.get(1).headers().get("Sec-WebSocket-Key"));
        }
    }

    @Test
    void theServerChoosesAProtocol() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection ->
                RawWebSocket.accept(connection, "Sec-WebSocket-Protocol: b").echo())) {
            assertEquals(
                    "b",
                    run(session.webSocket(ws(server, "/")).protocols("a", "b").use(WebSocket::protocol)));
        }
    }

    @Test
    void whatTheSessionHasForARequestItHasForAHandshake() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = echo();
                ClientSession rich = ClientSession.builder()
                        .cookieJar(CookieJar.builder()
                                .cookie(server.url("/"), "jar", "1")
                                .build())
                        .baseUrl(server.url("/base/"))
                        .auth(Auth.basic("user", "pass"))
                        .header("X-Session", "s")
                        .middleware((request, next) -> {
                            seen.add(request.headers().get("Upgrade"));
                            return await(next.send(request));
                        })
                        .build()) {
            run(rich.webSocket("chat").handshake(r -> r.cookie("own", "2")).use(WebSocketHandshakeTest::hello));
            assertEquals("/base/chat", requests.get(0).target());
            assertEquals(TestProxy.basic("user:pass"), header("Authorization"));
            assertEquals("s", header("X-Session"));
            assertEquals("own=2; jar=1", header("Cookie"));
            assertEquals(List.of("websocket"), seen);
        }
    }

    @Test
    void cookiesOfTheAnswerAreKept() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection ->
                RawWebSocket.accept(connection, "Set-Cookie: visit=seen").echo())) {
            assertEquals(
                    "websocket",
                    run(session.webSocket(ws(server, "/"))
                            .use(ws -> ws.headers().get("Upgrade"))));
            assertEquals(
                    1,
                    session.cookieJar().cookiesFor(URI.create(server.url("/"))).size());
        }
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            ScriptedConnection.Request request = connection.readRequest();
            if (request.target().equals("/old")) {
                connection.send("HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n");
                request = connection.readRequest();
            }
            connection.send(RawWebSocket.answer(request));
            RawWebSocket.on(connection).echo();
        })) {
            assertEquals(
                    URI.create(server.url("/new")),
                    run(session.webSocket(ws(server, "/old")).use(WebSocket::url)));
        }
    }

    private WebSocketHandshakeException refused(String answer) throws Exception {
        return refused(answer, UnaryRequest.SAME);
    }

    private interface UnaryRequest {
        UnaryRequest SAME = request -> request;

        WebSocketRequest with(WebSocketRequest request);
    }

    private WebSocketHandshakeException refused(String answer, UnaryRequest options) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            ScriptedConnection.Request request = connection.readRequest();
            connection.send(answer.replace("KEY", RawWebSocket.key(request)));
            connection.awaitClose();
        })) {
            var error = assertThrows(
                    WebSocketHandshakeException.class,
                    () -> run(options.with(session.webSocket(ws(server, "/?token=secret")))
                            .use(WebSocket::protocol)));
            Waiting.until("the place to be free", () -> connector.stats().inUse() == 0);
            return error;
        }
    }

    @Test
    void anotherStatusIsAnErrorThatHasItAndTheHeaders() throws Exception {
        WebSocketHandshakeException error = refused("HTTP/1.1 403 No\r\nX-Why: because\r\nContent-Length: 2\r\n\r\nno");
        assertEquals(403, error.status());
        assertEquals("because", error.headers().get("X-Why"));
        assertEquals("GET", error.method());
    }

    @Test
    void anOrdinaryResponseIsAnError() throws Exception {
        assertEquals(200, refused(ok("page")).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: other\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: KEY",
                "Connection: Upgrade\r\nSec-WebSocket-Accept: KEY",
                "Upgrade: websocket\r\nConnection: keep-alive\r\nSec-WebSocket-Accept: KEY",
                "Upgrade: websocket\r\nSec-WebSocket-Accept: KEY",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: a2V5",
                "Upgrade: websocket\r\nConnection: Upgrade",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: KEY\r\nSec-WebSocket-Protocol: other",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: KEY\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate"
            })
    void anAnswerThatIsNotAsItMustBeIsAnError(String headers) throws Exception {
        WebSocketHandshakeException error = refused("HTTP/1.1 101 Switching Protocols\r\n" + headers + "\r\n\r\n");
        assertEquals(101, error.status());
        assertTrue(
                error.getMessage().contains("header") || error.getMessage().contains("not asked for"),
                error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=99",
                "permessage-deflate; server_max_window_bits=x",
                "permessage-deflate; server_max_window_bits",
                ";",
                ",",
                "permessage-deflate; unknown",
                "other",
                "permessage-deflate, other"
            })
    void compressionOnTermsThatWereNotOfferedIsAnError(String extensions) throws Exception {
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: KEY\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n";
        assertEquals(101, refused(answer, request -> request.compress(true)).status());
    }

    @Test
    void theNamesOfTheHeadersValuesMayBeWrittenInAnyCase() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            ScriptedConnection.Request request = connection.readRequest();
            connection.send(
                    "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: keep-alive, UPGRADE\r\n"
                            + "sec-websocket-accept: " + RawWebSocket.key(request) + "\r\n\r\n");
            RawWebSocket.on(connection).echo();
        })) {
            assertEquals("hello", run(session.webSocket(ws(server, "/")).use(WebSocketHandshakeTest::hello)));
        }
    }

    @Test
    void aSwitchThatNobodyAskedForIsStillAnError() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
            connection.awaitClose();
        })) {
            var error = assertThrows(
                    ClientResponseException.class,
                    () -> run(
                            session.get(server.url("/")).header("Upgrade", "x").text()));
            assertEquals(101, error.status());
            assertFalse(error instanceof WebSocketHandshakeException);
        }
    }

    @Test
    void framesThatComeWithTheAnswerAreReceived() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            String head = RawWebSocket.answer(connection.readRequest());
            byte[] early = RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, "early".getBytes("UTF-8"));
            byte[] close = RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, RawWebSocket.close(1000, "bye"));
            connection.send(head + new String(early, "ISO-8859-1") + new String(close, "ISO-8859-1"));
        })) {
            run(session.webSocket(ws(server, "/")).use(webSocket -> {
                assertEquals("early", await(webSocket.receiveText()));
                assertEquals(new WsMessage.Close(1000, "bye"), await(webSocket.receive()));
                assertEquals(new WsMessage.Closed(), await(webSocket.receive()));
                return null;
            }));
        }
    }

    // ---- its place in the pool

    @Test
    void itOccupiesItsPlaceUntilItIsClosedAndIsNotUsedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            ScriptedConnection.Request request;
            while ((request = connection.readRequest()) != null) {
                if (request.headers().containsKey("Upgrade")) {
                    connection.send(RawWebSocket.answer(request));
                    RawWebSocket.on(connection).echo();
                    return;
                }
                connection.send(ok("page"));
            }
        })) {
            assertEquals("page", run(session.get(server.url("/")).text()));
            WebSocket webSocket = run(session.webSocket(ws(server, "/")));
            assertEquals(1, server.connections(), "The idle connection is used");
            assertEquals(1, connector.stats().inUse());
            Task<String> waits = session.get(server.url("/")).text().start();
            Waiting.until("the request to wait", () -> connector.stats().waiting() == 1);
            run(webSocket.close());
            assertEquals("page", waits.join());
            assertEquals(2, server.connections());
        }
    }

    @Test
    void withoutKeepAliveTheHandshakeAsksForTheUpgradeAlone() throws Exception {
        try (ScriptedServer server = echo();
                Connector once =
                        Connector.builder().keepAliveTimeout(Duration.ZERO).build();
                ClientSession own = ClientSession.builder().connector(once).build()) {
            assertEquals("hello", run(own.webSocket(ws(server, "/")).use(WebSocketHandshakeTest::hello)));
            assertFalse(
                    requests.get(0).head().contains("close"), requests.get(0).head());
        }
    }

    private static ScriptedServer silent() throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.awaitClose();
        });
    }

    @Test
    void aCancelledHandshakeFreesItsPlace() throws Exception {
        try (ScriptedServer server = silent()) {
            Task<WebSocket> task = session.webSocket(ws(server, "/")).start();
            server.awaitRequests(1);
            task.cancel();
            assertThrows(CancelledException.class, task::join);
            Waiting.until("the place to be free", () -> connector.stats().inUse() == 0);
            server.awaitNoConnections();
        }
    }

    @Test
    void aHandshakeWhoseFutureIsCancelledFreesItsPlace() throws Exception {
        try (ScriptedServer server = silent()) {
            CompletableFuture<WebSocket> future =
                    session.webSocket(ws(server, "/")).toFuture();
            server.awaitRequests(1);
            future.cancel(true);
            Waiting.until("the place to be free", () -> connector.stats().inUse() == 0);
            server.awaitNoConnections();
        }
    }

    @Test
    void aWebSocketThatNobodyGetsIsClosed() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (ScriptedServer server = echo()) {
                CompletableFuture<WebSocket> future =
                        session.webSocket(ws(server, "/")).toFuture();
                server.awaitRequests(1);
                if (future.cancel(true)) {
                    Waiting.until(
                            "the place to be free", () -> connector.stats().inUse() == 0);
                } else {
                    run(future.join().close());
                }
            }
        }
    }

    @Test
    void aMiddlewareThatDropsTheAnswerClosesTheConnection() throws Exception {
        try (ScriptedServer server = echo();
                ClientSession failing = ClientSession.builder()
                        .connector(connector)
                        .middleware((request, next) -> {
                            await(next.send(request));
                            throw new IllegalStateException("dropped");
                        })
                        .build()) {
            assertThrows(IllegalStateException.class, () -> run(failing.webSocket(ws(server, "/"))));
            Waiting.until("the place to be free", () -> connector.stats().inUse() == 0);
            server.awaitNoConnections();
        }
    }

    // ---- time limits and listeners

    @Test
    void theTimeLimitsOfARequestAreForTheHandshakeAlone() throws Exception {
        try (ScriptedServer server = silent()) {
            var error = assertThrows(
                    ClientTimeoutException.class,
                    () -> run(session.webSocket(ws(server, "/")).handshake(r -> r.timeout(Duration.ofMillis(50)))));
            assertEquals("total", error.limitName());
            assertEquals(Phase.FIRST_BYTE, error.phase());
        }
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            RawWebSocket webSocket = RawWebSocket.accept(connection);
            connection.stall();
            webSocket.text("late");
            webSocket.echo();
        })) {
            run(session.webSocket(ws(server, "/"))
                    .handshake(r -> r.timeout(ClientTimeout.builder()
                            .total(Duration.ofSeconds(2))
                            .sockRead(Duration.ofSeconds(1))
                            .build()))
                    .use(webSocket -> {
                        assertThrows(
                                AsyncTimeoutException.class,
                                () -> await(withTimeout(Duration.ofMillis(2200), webSocket.receive())));
                        server.release();
                        assertEquals("late", await(webSocket.receiveText()));
                        return null;
                    }));
        }
    }

    @Test
    void listenersHearOfTheHandshake() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void started(RequestInfo request) {
                heard.add("started");
            }

            @Override
            public void phaseStarted(RequestInfo request, Phase phase) {
                heard.add("+" + phase);
            }

            @Override
            public void phaseEnded(RequestInfo request, Phase phase) {
                heard.add("-" + phase);
            }

            @Override
            public void responded(RequestInfo request, int status) {
                heard.add(String.valueOf(status));
            }

            @Override
            public void ended(RequestInfo request, Throwable error) {
                heard.add("ended " + error);
            }
        };
        try (ScriptedServer server = echo();
                ClientSession own = ClientSession.builder().listener(listener).build()) {
            WebSocket webSocket = run(own.webSocket(ws(server, "/")));
            assertEquals(
                    List.of("+WRITE", "-WRITE", "+FIRST_BYTE", "-FIRST_BYTE", "101", "ended null"),
                    heard.subList(heard.indexOf("+WRITE"), heard.size()));
            assertEquals(1, own.connector().stats().inUse());
            run(webSocket.close());
        }
    }

    // ---- TLS and proxies

    @Test
    void tlsIsThatOfTheConnector() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), this::noteAndEcho);
                Connector secure = Connector.builder()
                        .sslContext(certificates.clientContext())
                        .build();
                ClientSession own = ClientSession.builder().connector(secure).build()) {
            assertEquals("hello", run(own.webSocket(ws(server, "/")).use(WebSocketHandshakeTest::hello)));
            assertThrows(ClientConnectorCertificateException.class, () -> run(session.webSocket(ws(server, "/"))));
        }
    }

    @Test
    void aProxyIsAskedForATunnelAlsoWithoutTls() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer server = echo()) {
            assertEquals(
                    "hello",
                    run(session.webSocket(ws(server, "/a"))
                            .handshake(r -> r.proxy(Proxy.of(proxy.url("user:pass@"))))
                            .use(WebSocketHandshakeTest::hello)));
            assertEquals("CONNECT", proxy.requests().get(0).method());
            assertEquals("localhost:" + server.port(), proxy.requests().get(0).target());
            assertEquals(
                    TestProxy.basic("user:pass"),
                    proxy.requests().get(0).headers().get("Proxy-Authorization"));
            assertEquals("/a", requests.get(0).target());
            assertNull(header("Proxy-Authorization"));
        }
    }

    @Test
    void requestsDoNotUseTheTunnelOfAWebSocketThatWasNotOpened() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer server = ScriptedServer.answering(ok("no"))) {
            Proxy by = Proxy.of(proxy.url(""));
            assertThrows(
                    WebSocketHandshakeException.class,
                    () -> run(session.webSocket(ws(server, "/")).handshake(r -> r.proxy(by))));
            assertEquals(
                    "proxied " + server.url("/"),
                    run(session.get(server.url("/")).proxy(by).text()));
        }
    }

    // ---- what is refused

    @Test
    void anEngineOfKtorsRefuses() {
        try (ClientSession ktor =
                ClientSession.builder().engine(KtorEngines.of(CIO.INSTANCE)).build()) {
            assertThrows(ClientException.class, () -> run(ktor.webSocket("ws://localhost/")));
        }
    }

    @Test
    void badUrlsAreErrorsWhenItIsOpened() {
        WebSocketRequest ftp = session.webSocket("ftp://localhost/");
        assertThrows(NonHttpUrlException.class, () -> run(ftp));
        assertThrows(InvalidUrlException.class, () -> run(session.webSocket("ws://")));
    }

    @Test
    void badOptionsAreRefusedAtOnce() {
        WebSocketRequest request = session.webSocket("ws://localhost/");
        assertThrows(IllegalArgumentException.class, () -> request.protocols("a b"));
        assertThrows(IllegalArgumentException.class, () -> request.protocols("a", "a"));
        assertThrows(IllegalArgumentException.class, () -> request.heartbeat(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> request.receiveTimeout(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> request.closeTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> request.maxMessageBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> request.handshake(r -> r.body("text")));
        assertThrows(IllegalArgumentException.class, () -> request.handshake(r -> session.post("http://localhost/")));
        assertNotNull(request.handshake(r -> r.tag("mine")));
    }
}

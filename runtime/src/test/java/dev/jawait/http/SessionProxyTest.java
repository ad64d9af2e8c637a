package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static dev.jawait.testing.ScriptedServer.ok;
import static dev.jawait.testing.TestProxy.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Task;
import dev.jawait.kotlin.KtorEngines;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.TestProxy;
import dev.jawait.testing.Waiting;
import io.ktor.client.engine.cio.CIO;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP and HTTPS proxies, as a session's user sees them; aiohttp's test_proxy_functional. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class SessionProxyTest {
    private TestCertificates certificates;
    private Connector connector;
    private ClientSession session;
    private final List<ScriptedConnection.Request> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        certificates = TestCertificates.forHost("localhost");
        connector = Connector.builder().sslContext(certificates.clientContext()).build();
        session = ClientSession.builder().connector(connector).build();
    }

    @AfterEach
    void nothingIsInUse() throws InterruptedException {
        Waiting.until("nothing in use", () -> connector.stats().inUse() == 0);
        session.close();
        connector.close();
        assertEquals(0, connector.stats().open());
    }

    /** A server with TLS that answers with {@code text} and notes what it was asked. */
    private ScriptedServer secret(String text) throws Exception {
        return ScriptedServer.startTls(certificates.serverContext(), connection -> {
            ScriptedConnection.Request request;
            while ((request = connection.readRequest()) != null) {
                requests.add(request);
                connection.send(ok(text));
            }
        });
    }

    /** A proxy that answers the first request of each connection with {@code answer}. */
    private static ScriptedServer saying(String answer) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readHead();
            connection.send(answer);
            connection.awaitClose();
        });
    }

    private static Proxy at(ScriptedServer server) {
        return Proxy.of("http://localhost:" + server.port());
    }

    private String text(String url, Proxy proxy) {
        return run(session.get(url).proxy(proxy).text());
    }

    private <E extends Throwable> E failure(Class<E> type, String url, Proxy proxy) {
        return assertThrows(type, () -> text(url, proxy));
    }

    /** Case 73. */
    @Test
    void aRequestToAnHttpUrlGoesToTheProxyWhole() throws IOException {
        try (TestProxy proxy = TestProxy.start()) {
            Proxy user = Proxy.of(proxy.url("user:p%40ss@")).header("X-Team", "a");
            assertEquals("proxied http://nowhere.test/a?b=c", text("http://nowhere.test/a?b=c", user));
            ScriptedConnection.Request request = proxy.requests().get(0);
            assertEquals("GET", request.method());
            assertEquals("http://nowhere.test/a?b=c", request.target());
            assertEquals("nowhere.test", request.headers().get("Host"));
            assertEquals(basic("user:p@ss"), request.headers().get("Proxy-Authorization"));
            assertEquals("a", request.headers().get("X-Team"));
            assertNull(request.headers().get("Authorization"));
        }
    }

    @Test
    void aRequestToAnHttpsUrlGoesThroughATunnelWhichTheServerKnowsNothingOf() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer server = secret("secret")) {
            Proxy user = Proxy.of(proxy.url("user:pass@")).header("X-Team", "a");
            assertEquals("secret", text(server.url("/a?b=c"), user));
            ScriptedConnection.Request connect = proxy.requests().get(0);
            String authority = "localhost:" + server.port();
            assertEquals("CONNECT", connect.method());
            assertEquals(authority, connect.target());
            assertEquals(authority, connect.headers().get("Host"));
            assertEquals(basic("user:pass"), connect.headers().get("Proxy-Authorization"));
            assertEquals("a", connect.headers().get("X-Team"));
            assertEquals("/a?b=c", requests.get(0).target());
            assertEquals(authority, requests.get(0).headers().get("Host"));
            assertNull(requests.get(0).headers().get("Proxy-Authorization"));
            assertNull(requests.get(0).headers().get("X-Team"));
        }
    }

    @Test
    void aConnectionIsKeptForItsProxyItsUserAndItsServerAlone() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer one = secret("one");
                ScriptedServer two = secret("two")) {
            Proxy user = Proxy.of(proxy.url("user:pass@"));
            for (int i = 0; i < 3; i++) {
                assertEquals("one", text(one.url("/"), user));
                assertEquals("two", text(two.url("/"), user));
                text("http://nowhere.test/", user);
            }
            assertEquals(3, proxy.connections());
            text(one.url("/"), Proxy.of(proxy.url("other:pass@")));
            text("http://nowhere.test/", Proxy.of(proxy.url("user:other@")));
            text("http://nowhere.test/", Proxy.of(proxy.url("user:pass@")).header("X-Team", "a"));
            assertEquals(6, proxy.connections());
            assertEquals("one", run(session.get(one.url("/")).text()));
            assertEquals(6, proxy.connections());
        }
    }

    @Test
    void theSessionsProxyIsForAllItsRequestsThatNameNone() throws IOException {
        try (TestProxy proxy = TestProxy.start();
                TestProxy other = TestProxy.start();
                ClientSession proxied = ClientSession.builder()
                        .connector(connector)
                        .proxy(Proxy.of(proxy.url("")))
                        .build()) {
            assertEquals(
                    "proxied http://nowhere.test/",
                    run(proxied.get("http://nowhere.test/").text()));
            assertEquals(1, proxy.requests().size());
            run(proxied.get("http://nowhere.test/")
                    .proxy(Proxy.of(other.url("")))
                    .text());
            assertEquals(1, proxy.requests().size());
            assertEquals(1, other.requests().size());
        }
    }

    @Test
    void theProxysCredentialsReplaceTheRequestsOwn() throws IOException {
        try (TestProxy proxy = TestProxy.start()) {
            run(session.get("http://nowhere.test/")
                    .header("Proxy-Authorization", "Basic bm9ib2R5")
                    .proxy(Proxy.of(proxy.url("user:pass@")))
                    .text());
            String head = proxy.requests().get(0).head();
            assertEquals(2, head.split("(?i)proxy-authorization").length, head);
            assertTrue(head.contains(basic("user:pass")), head);
        }
    }

    @Test
    void credentialsForAProxyAreNotSentThroughATunnel() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer server = secret("secret")) {
            ClientRequest request = session.get(server.url("/"))
                    .header("Proxy-Authorization", "Basic c2VjcmV0")
                    .proxy(Proxy.of(proxy.url("")));
            ClientException error = assertThrows(ClientException.class, () -> run(request.text()));
            assertTrue(error.getMessage().contains("Proxy-Authorization"), error.getMessage());
            assertEquals(0, server.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.test/\r\nX-Why: y\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 Proxy Authentication Required\r\nX-Why: y\r\nContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 101 Switching Protocols\r\nX-Why: y\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\nX-Why: y\r\nContent-Length: 100000\r\n\r\n"
            })
    void whatIsNot2xxOpensNoTunnel(String answer) throws Exception {
        try (ScriptedServer proxy = saying(answer);
                ScriptedServer server = secret("secret")) {
            Proxy user = Proxy.of("http://user:pass@localhost:" + proxy.port());
            ClientHttpProxyException error = failure(ClientHttpProxyException.class, server.url("/?q"), user);
            assertEquals(Integer.parseInt(answer.substring(9, 12)), error.status());
            assertEquals("y", error.headers().get("x-why"));
            assertEquals(server.url("/?q"), error.url().toString());
            assertFalse(error.getMessage().contains("pass"), error.getMessage());
            assertEquals(0, server.connections());
            proxy.awaitNoConnections();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.0 299 Fine\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void all2xxOpenATunnelWhateverTheySayOfABody(String answer) throws Exception {
        try (ScriptedServer server = secret("secret");
                ScriptedServer proxy = ScriptedServer.start(connection -> {
                    connection.readHead();
                    for (char c : answer.toCharArray()) {
                        connection.send(String.valueOf(c));
                    }
                    TestProxy.pump(connection.socket(), server.port());
                })) {
            assertEquals("secret", text(server.url("/"), at(proxy)));
        }
    }

    /** Case 73. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nand more",
                "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nand more"
            })
    void aProxyThatHangsUpOrTalksNonsenseIsNotConnectedBy(String answer) throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start(connection -> {
                    connection.readHead();
                    connection.send(answer);
                });
                ScriptedServer server = secret("secret")) {
            ClientProxyConnectionException error =
                    failure(ClientProxyConnectionException.class, server.url("/"), at(proxy));
            assertTrue(error.getMessage().contains(at(proxy).toString()), error.getMessage());
            assertEquals(1, proxy.connections());
            assertEquals(0, server.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "socks4", "socks5"})
    void thereIsNoDirectConnectionInsteadOfOneByADeadProxy(String scheme) throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        Proxy proxy = Proxy.of(scheme + "://localhost:" + dead);
        try (ScriptedServer tls = secret("secret");
                ScriptedServer plain = ScriptedServer.answering(ok("plain"))) {
            for (ScriptedServer server : List.of(tls, plain)) {
                failure(ClientProxyConnectionException.class, server.url("/"), proxy);
                assertEquals(0, server.connections());
            }
        }
    }

    @Test
    void aProxyWhoseNameIsNotFoundIsAnErrorOfTheProxy() {
        failure(ClientProxyConnectionException.class, "http://localhost/", Proxy.of("http://nowhere.invalid:1"));
    }

    @Test
    void aSilentProxyIsLimitedAsConnectingIs() throws Exception {
        try (ScriptedServer proxy = saying("HTTP/1.1 200 OK\r\n");
                ScriptedServer server = secret("secret")) {
            Map<String, ClientTimeout> limits = Map.of(
                    "connect",
                            ClientTimeout.builder()
                                    .connect(Duration.ofMillis(100))
                                    .build(),
                    "proxy",
                            ClientTimeout.builder()
                                    .proxy(Duration.ofMillis(100))
                                    .build(),
                    "sockConnect",
                            ClientTimeout.builder()
                                    .sockConnect(Duration.ofMillis(100))
                                    .build());
            limits.forEach((name, limit) -> {
                ClientTimeoutException error = assertThrows(
                        ClientTimeoutException.class,
                        () -> run(session.get(server.url("/"))
                                .timeout(limit)
                                .proxy(at(proxy))
                                .text()));
                assertEquals(name, error.limitName());
                assertEquals(Phase.PROXY, error.phase());
            });
            proxy.awaitNoConnections();
        }
    }

    @Test
    void aCancelWhileTheTunnelIsOpenedClosesTheConnection() throws Exception {
        try (ScriptedServer proxy = saying("");
                ScriptedServer server = secret("secret")) {
            Task<String> task =
                    session.get(server.url("/")).proxy(at(proxy)).text().start();
            proxy.awaitRequests(1);
            task.cancel();
            proxy.awaitNoConnections();
        }
    }

    /** Case 73. */
    @Test
    void aSessionThatIsClosedDoesNotHangOnAProxy() throws Exception {
        try (ScriptedServer proxy = saying("");
                ScriptedServer server = secret("secret")) {
            Task<String> task =
                    session.get(server.url("/")).proxy(at(proxy)).text().start();
            proxy.awaitRequests(1);
            connector.close();
            assertThrows(ClientConnectionException.class, task::join);
            proxy.awaitNoConnections();
        }
    }

    @Test
    void anHttpsProxyIsSpokenToWithinTls() throws Exception {
        try (TestProxy proxy = TestProxy.startTls(certificates.serverContext());
                ScriptedServer server = secret("secret")) {
            Proxy user = Proxy.of(proxy.url("user:pass@"));
            for (int i = 0; i < 2; i++) {
                assertEquals("secret", text(server.url("/"), user));
                assertEquals("proxied http://nowhere.test/", text("http://nowhere.test/", user));
            }
            assertEquals(2, proxy.connections());
            assertEquals(basic("user:pass"), proxy.requests().get(0).headers().get("Proxy-Authorization"));
        }
    }

    @Test
    void aLargeBodyComesWholeThroughTwoLayersOfTls() throws Exception {
        String body = "0123456789".repeat(200_000);
        try (TestProxy proxy = TestProxy.startTls(certificates.serverContext());
                ScriptedServer server = secret(body)) {
            assertEquals(body, text(server.url("/"), Proxy.of(proxy.url(""))));
            assertEquals(
                    body,
                    run(session.post(server.url("/"))
                            .body(body)
                            .proxy(Proxy.of(proxy.url("")))
                            .text()));
            assertEquals(body.length(), requests.get(1).body().length);
        }
    }

    @Test
    void anHttpsProxyIsVerifiedLikeAServer() throws Exception {
        TestCertificates others = TestCertificates.forHost("localhost");
        try (TestProxy proxy = TestProxy.startTls(others.serverContext());
                ScriptedServer server = secret("secret")) {
            for (String url : List.of(server.url("/"), "http://nowhere.test/")) {
                ClientException error =
                        failure(ClientConnectorCertificateException.class, url, Proxy.of(proxy.url("user:pass@")));
                assertTrue(error.getMessage().contains("the proxy https://localhost:"), error.getMessage());
            }
            assertEquals(List.of(), proxy.requests());
            try (Connector trusting = Connector.builder()
                            .sslContext(certificates.clientContext())
                            .tls(
                                    proxy.url(""),
                                    TlsSettings.builder()
                                            .sslContext(others.clientContext())
                                            .build())
                            .build();
                    ClientSession both =
                            ClientSession.builder().connector(trusting).build()) {
                assertEquals(
                        "secret",
                        run(both.get(server.url("/"))
                                .proxy(Proxy.of(proxy.url("")))
                                .text()));
            }
        }
    }

    @Test
    void theServersEndOfTlsIsNotTheProxysToSay() throws Exception {
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\n\r\nhalf");
                    connection.stall();
                });
                // Says good-bye for its own TLS, not for the server's, once the half is with the client.
                ScriptedServer proxy = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readHead();
                    connection.send("HTTP/1.1 200 OK\r\n\r\n");
                    Thread ending = new Thread(() -> {
                        try {
                            connection.stall();
                            connection.socket().close();
                        } catch (InterruptedException | IOException e) {
                            throw new AssertionError(e);
                        }
                    });
                    ending.start();
                    TestProxy.pump(connection.socket(), server.port());
                })) {
            ClientRequest request = session.get(server.url("/")).proxy(Proxy.of("https://localhost:" + proxy.port()));
            assertThrows(
                    ClientPayloadException.class,
                    () -> run(request.use(response -> {
                        await(response.body().read());
                        proxy.release();
                        return await(response.text());
                    })));
        }
    }

    @Test
    void theProxyIsAPhaseOfItsOwn() throws Exception {
        List<Phase> phases = new CopyOnWriteArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void phaseStarted(RequestInfo request, Phase phase) {
                phases.add(phase);
            }
        };
        try (TestProxy proxy = TestProxy.startTls(certificates.serverContext());
                ScriptedServer server = secret("secret");
                ClientSession listening = ClientSession.builder()
                        .connector(connector)
                        .listener(listener)
                        .build()) {
            run(listening.get(server.url("/")).proxy(Proxy.of(proxy.url(""))).text());
            phases.remove(Phase.DNS);
            assertEquals(
                    List.of(Phase.CONNECT, Phase.PROXY, Phase.TLS, Phase.WRITE, Phase.FIRST_BYTE, Phase.READ), phases);
        }
    }

    @Test
    void aDeadTunnelIsReplacedByANewOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readRequest();
                    connection.send(ok("once"));
                });
                TestProxy proxy = TestProxy.start()) {
            assertEquals("once", text(server.url("/"), Proxy.of(proxy.url(""))));
            assertEquals("once", text(server.url("/"), Proxy.of(proxy.url(""))));
            assertEquals(2, proxy.connections());
        }
    }

    /** Case 73. */
    @Test
    void manyRequestsShareTheConnectionsToAProxyWithinTheLimit() throws Exception {
        try (TestProxy proxy = TestProxy.start();
                ScriptedServer server = secret("secret");
                Connector two = Connector.builder()
                        .limitPerHost(2)
                        .sslContext(certificates.clientContext())
                        .build();
                ClientSession limited = ClientSession.builder()
                        .connector(two)
                        .proxy(Proxy.of(proxy.url("")))
                        .build()) {
            List<String> texts = run(gather(IntStream.range(0, 50)
                    .mapToObj(i -> limited.get(server.url("/")).text())
                    .toList()));
            assertEquals(Collections.nCopies(50, "secret"), texts);
            assertTrue(proxy.connections() <= 2, () -> proxy.connections() + " connections");
        }
    }

    @Test
    void anEngineOfKtorsRefusesWhatItCannotDo() {
        try (ClientSession ktor = ClientSession.builder()
                .engine(KtorEngines.of(CIO.INSTANCE))
                .proxy(Proxy.of("socks5://localhost:1"))
                .build()) {
            ClientException error = assertThrows(
                    ClientException.class,
                    () -> run(ktor.get("http://localhost:1/").text()));
            assertTrue(error.getMessage().contains("Ktor"), error.getMessage());
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.run;
import static dev.jawait.testing.ScriptedServer.ok;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.TestProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SOCKS proxies, byte by byte (RFC 1928 and 1929). */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class SocksTest {
    private static final String NO_AUTHENTICATION = "050100";
    private static final String ACCEPTED = "05000001000000000000";

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }

    private static String port(int port) {
        return String.format("%04x", port);
    }

    /** A proxy that takes what is expected and answers, in turn; then there is a tunnel to {@code target}, or an end. */
    private ScriptedServer proxy(int target, String... expectedAndAnswers) throws IOException {
        return ScriptedServer.start(connection -> {
            for (int i = 0; i < expectedAndAnswers.length; i += 2) {
                hear(connection, expectedAndAnswers[i].length() / 2);
                connection.send(bytes(expectedAndAnswers[i + 1]));
            }
            if (target > 0) {
                TestProxy.pump(connection.socket(), target);
            }
        });
    }

    /** Byte by byte, so that nothing of what follows is taken. */
    private void hear(ScriptedConnection connection, int count) throws IOException {
        InputStream in = connection.socket().getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            read.write(in.read());
        }
        heard.add(HexFormat.of().formatHex(read.toByteArray()));
    }

    private static String get(String url, String proxy) {
        try (ClientSession session = ClientSession.create()) {
            return run(session.get(url).proxy(Proxy.of(proxy)).text());
        }
    }

    @Test
    void socks5ResolvesTheName() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"))) {
            String connect = "0501000310" + hex("only.proxy.knows") + port(server.port());
            try (ScriptedServer proxy = proxy(server.port(), NO_AUTHENTICATION, "0500", connect, ACCEPTED)) {
                String url = "http://only.proxy.knows:" + server.port() + "/";
                assertEquals("plain", get(url, "socks5://localhost:" + proxy.port()));
                assertEquals(List.of(NO_AUTHENTICATION, connect), heard);
            }
        }
    }

    @Test
    void socks5TakesAddressesAsTheyAre() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"))) {
            for (String to : List.of("05010001" + "7f000001", "05010004" + "0".repeat(31) + "1")) {
                String connect = to + port(server.port());
                String host = to.length() == 16 ? "127.0.0.1" : "[::1]";
                try (ScriptedServer proxy = proxy(server.port(), NO_AUTHENTICATION, "0500", connect, ACCEPTED)) {
                    get("http://" + host + ":" + server.port() + "/", "socks5://localhost:" + proxy.port());
                    assertEquals(connect, heard.get(heard.size() - 1));
                }
            }
        }
    }

    @Test
    void socks5TakesAPasswordIfItWantsOne() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"))) {
            String password = "0104" + hex("user") + "06" + hex("secret");
            String connect = "0501000309" + hex("localhost") + port(server.port());
            // The address in the answer is a name here: its length has to be read.
            String named = "0500000305" + hex("bound") + "0000";
            try (ScriptedServer proxy = proxy(server.port(), "05020002", "0502", password, "0100", connect, named)) {
                String url = "http://localhost:" + server.port() + "/";
                assertEquals("plain", get(url, "socks5://user:secret@localhost:" + proxy.port()));
                assertEquals(List.of("05020002", password, connect), heard);
            }
        }
    }

    @Test
    void tlsGoesThroughSocks() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
                    connection.readRequest();
                    connection.send(ok("secret"));
                });
                ScriptedServer proxy = proxy(
                        server.port(), NO_AUTHENTICATION, "0500", "0501000309" + hex("localhost") + "0000", ACCEPTED);
                Connector trusting = Connector.builder()
                        .sslContext(certificates.clientContext())
                        .build();
                ClientSession session = ClientSession.builder()
                        .connector(trusting)
                        .proxy(Proxy.of("socks5h://localhost:" + proxy.port()))
                        .build()) {
            assertEquals("secret", run(session.get(server.url("/")).text()));
        }
    }

    @Test
    void socks4HasAUserAndResolvesTheNameAsSocks4aHasIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"))) {
            String named = "0401" + port(server.port()) + "00000001" + hex("me") + "00" + hex("proxy.knows") + "00";
            String address = "0401" + port(server.port()) + "7f000001" + "00";
            try (ScriptedServer proxy = proxy(server.port(), named, "005a000000000000")) {
                assertEquals(
                        "plain",
                        get("http://proxy.knows:" + server.port() + "/", "socks4://me@localhost:" + proxy.port()));
            }
            try (ScriptedServer proxy = proxy(server.port(), address, "005a000000000000")) {
                get("http://127.0.0.1:" + server.port() + "/", "socks4://localhost:" + proxy.port());
            }
            assertEquals(List.of(named, address), heard);
        }
    }

    /** The proxy's URL before the host, what it says in turn, and what the error tells. */
    static List<List<String>> refusals() {
        String connect = "0501000309" + hex("localhost") + "0000";
        String password = "0104" + hex("user") + "06" + hex("secret");
        return List.of(
                List.of("socks5://", "without a user", NO_AUTHENTICATION, "05ff"),
                List.of("socks5://", "without a user", NO_AUTHENTICATION, "0502"),
                List.of("socks5://user:secret@", "any password", "05020002", "05ff"),
                List.of("socks5://user:secret@", "the user or the password", "05020002", "0502", password, "0101"),
                List.of("socks5://", "HOST_UNREACHABLE", NO_AUTHENTICATION, "0500", connect, "05040001000000000000"),
                List.of("socks5://", "bytes came", NO_AUTHENTICATION, "0500", connect, ACCEPTED + "48"),
                List.of("socks5://", "not SOCKS5", NO_AUTHENTICATION, "0500" + "48", connect, ACCEPTED),
                List.of("socks5://", "not SOCKS5", NO_AUTHENTICATION, hex("HTTP/1.1 400 Bad Request\r\n\r\n")),
                List.of("socks5://", "hung up", NO_AUTHENTICATION, "0500", connect, "0500"),
                List.of(
                        "socks4://",
                        "REJECTED",
                        "0401000000000001" + "00" + hex("localhost") + "00",
                        "005b000000000000"),
                List.of(
                        "socks4://",
                        "not SOCKS4",
                        "0401000000000001" + "00" + hex("localhost") + "00",
                        "055a000000000000"),
                List.of("socks4://", "hung up", "0401000000000001" + "00" + hex("localhost") + "00", "00"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatAProxyRefusesIsAnErrorAndNoDirectConnection(List<String> refusal) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"));
                ScriptedServer proxy =
                        proxy(0, refusal.subList(2, refusal.size()).toArray(String[]::new))) {
            String url = "http://localhost:" + server.port() + "/";
            ClientProxyConnectionException error = assertThrows(
                    ClientProxyConnectionException.class, () -> get(url, refusal.get(0) + "localhost:" + proxy.port()));
            assertTrue(error.getMessage().contains(refusal.get(1)), error.getMessage());
            assertTrue(!error.getMessage().contains("secret"), error.getMessage());
            assertEquals(0, server.connections());
            proxy.awaitNoConnections();
        }
    }
}

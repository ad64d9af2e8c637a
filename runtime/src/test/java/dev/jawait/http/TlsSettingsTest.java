package dev.jawait.http;

import static dev.jawait.Async.run;
import static dev.jawait.testing.ScriptedServer.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import dev.jawait.testing.Waiting;
import io.netty.handler.ssl.OpenSsl;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as it is set, with both providers. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class TlsSettingsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private TestCertificates certificates;

    @TempDir
    Path files;

    @BeforeEach
    void make() throws Exception {
        certificates = TestCertificates.forHost("localhost");
    }

    /** What there is of providers here. */
    static Stream<TlsSettings.Provider> providers() {
        return Stream.of(TlsSettings.Provider.values())
                .filter(provider -> provider == TlsSettings.Provider.JDK || OpenSsl.isAvailable());
    }

    private TlsSettings.Builder trusting(TlsSettings.Provider provider) {
        return TlsSettings.builder().provider(provider).trust(List.of(certificates.authority()));
    }

    private TlsSettings.Builder trusting() {
        return trusting(TlsSettings.Provider.JDK);
    }

    /** Answers each request with {@code note} of its connection. */
    private static ScriptedServer serving(SSLContext context, Consumer<SSLServerSocket> setUp, Note note)
            throws Exception {
        return ScriptedServer.startTls(context, setUp, connection -> {
            while (connection.readRequest() != null) {
                connection.send(ok(note.of((SSLSocket) connection.socket())));
            }
        });
    }

    private interface Note {
        String of(SSLSocket socket) throws Exception;
    }

    private ScriptedServer serving(Note note) throws Exception {
        return serving(certificates.serverContext(), socket -> {}, note);
    }

    private static String get(String url, TlsSettings settings) {
        try (Connector connector = Connector.builder().tls(settings).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            return run(session.get(url).text());
        }
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(files.resolve(name), text);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void bothProvidersSpeakBothVersionsAndNoOther(TlsSettings.Provider provider) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (ScriptedServer server = serving(
                    certificates.serverContext(),
                    socket -> socket.setEnabledProtocols(new String[] {version}),
                    socket -> socket.getSession().getProtocol())) {
                assertEquals(version, get(server.url("/"), trusting(provider).build()));
                TlsSettings.Version other =
                        version.equals("TLSv1.2") ? TlsSettings.Version.TLS_1_3 : TlsSettings.Version.TLS_1_2;
                TlsSettings otherOnly = trusting(provider).versions(other).build();
                assertThrows(ClientConnectorSslException.class, () -> get(server.url("/"), otherOnly));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void http11IsWhatIsOffered(TlsSettings.Provider provider) throws Exception {
        try (ScriptedServer server = serving(
                certificates.serverContext(),
                socket -> {
                    var parameters = socket.getSSLParameters();
                    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                    socket.setSSLParameters(parameters);
                },
                SSLSocket::getApplicationProtocol)) {
            assertEquals("http/1.1", get(server.url("/"), trusting(provider).build()));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whoIsNotTrustedOrIsForAnotherHostIsRefused(TlsSettings.Provider provider) throws Exception {
        try (ScriptedServer server = serving(socket -> "x")) {
            TlsSettings defaults = TlsSettings.builder().provider(provider).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), defaults));
            String address = "https://127.0.0.1:" + server.port() + "/";
            TlsSettings trusting = trusting(provider).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(address, trusting));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aCommonNameIsNoNameOfAHost(TlsSettings.Provider provider) throws Exception {
        certificates = TestCertificates.withoutSan("localhost");
        try (ScriptedServer server = serving(socket -> "x")) {
            TlsSettings trusting = trusting(provider).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), trusting));
            assertEquals(0, server.requests());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aCertificateThatSignedItselfIsTrustedIfItIsNamed(TlsSettings.Provider provider) throws Exception {
        X509Bundle own = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
        try (ScriptedServer server = serving(context, socket -> {}, socket -> "own")) {
            TlsSettings named = TlsSettings.builder()
                    .provider(provider)
                    .trust(file("own.pem", own.getCertificatePEM()))
                    .build();
            assertEquals("own", get(server.url("/"), named));
            assertEquals("own", get("https://127.0.0.1:" + server.port() + "/", named));
            TlsSettings others = trusting(provider).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), others));
        }
    }

    @Test
    void trustComesFromFilesStoresAndCertificates() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificates.authority());
        Path pem = file(
                "trust.pem",
                "# Two of them\n"
                        + TestCertificates.forHost("other").server().getRootCertificatePEM()
                        + "\n"
                        + certificates.server().getRootCertificatePEM());
        try (ScriptedServer server = serving(socket -> "trusted")) {
            for (TlsSettings settings : List.of(
                    TlsSettings.builder().trust(pem).build(),
                    TlsSettings.builder().trust(store).build(),
                    TlsSettings.builder()
                            .trust(List.of(certificates.authority()))
                            .build(),
                    TlsSettings.builder()
                            .sslContext(certificates.clientContext())
                            .build())) {
                assertEquals("trusted", get(server.url("/"), settings));
            }
        }
    }

    static Stream<Arguments> clients() {
        return providers()
                .flatMap(provider -> Stream.of(Algorithm.rsa2048, Algorithm.ecp256)
                        .map(algorithm -> Arguments.of(provider, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aServerThatAsksForACertificateGetsTheClients(TlsSettings.Provider provider, Algorithm algorithm)
            throws Exception {
        X509Bundle client = certificates.client(algorithm);
        TlsSettings pem = trusting(provider)
                .clientCertificate(
                        file("client.pem", client.getCertificatePathPEM()), file("key.pem", client.getPrivateKeyPEM()))
                .build();
        TlsSettings store = trusting(provider)
                .clientCertificate(client.toKeyStore(PASSWORD), PASSWORD)
                .build();
        try (ScriptedServer server = serving(
                certificates.serverContext(),
                socket -> socket.setNeedClientAuth(true),
                socket -> ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName())) {
            assertEquals("CN=Client " + algorithm, get(server.url("/"), pem));
            assertEquals("CN=Client " + algorithm, get(server.url("/"), store));
            assertThrows(
                    ClientException.class,
                    () -> get(server.url("/"), trusting(provider).build()));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aClientsCertificateIsNotShownToWhereARedirectLeads(TlsSettings.Provider provider) throws Exception {
        X509Bundle client = certificates.client(Algorithm.ecp256);
        TlsSettings trust = trusting(provider).build();
        TlsSettings known = trusting(provider)
                .clientCertificate(client.toKeyStore(PASSWORD), PASSWORD)
                .build();
        Note who = socket -> {
            try {
                return socket.getSession().getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException nobody) {
                return "nobody";
            }
        };
        try (ScriptedServer other =
                        serving(certificates.serverContext(), socket -> socket.setWantClientAuth(true), who);
                ScriptedServer first = redirecting(other.url("/"));
                Connector connector = Connector.builder().tls(trust).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            assertEquals(
                    "CN=Client ecp256",
                    run(session.get(other.url("/")).tls(known).text()));
            assertEquals("nobody", run(session.get(first.url("/")).tls(known).text()));
            assertEquals("nobody", run(session.get(other.url("/")).text()));
        }
    }

    private ScriptedServer redirecting(String url) throws Exception {
        return ScriptedServer.startTls(certificates.serverContext(), connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 302 Go\r\nLocation: " + url + "\r\nContent-Length: 0\r\n\r\n");
        });
    }

    /** Case 37. */
    @ParameterizedTest
    @MethodSource("providers")
    void aPinIsTheServersOwnCertificate(TlsSettings.Provider provider) throws Exception {
        String right = sha256(certificates.server().getCertificate());
        String wrong = sha256(certificates.authority());
        try (ScriptedServer server = serving(socket -> "pinned")) {
            String colons = right.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
            assertEquals(
                    "pinned",
                    get(
                            server.url("/"),
                            trusting(provider).pin(wrong).pin(colons).build()));
            TlsSettings other = trusting(provider).pin(wrong).build();
            ServerFingerprintMismatchException error =
                    assertThrows(ServerFingerprintMismatchException.class, () -> get(server.url("/"), other));
            assertTrue(error.getMessage().contains(right) && error.getMessage().contains(wrong), error.getMessage());
            assertEquals(1, server.requests());
            TlsSettings untrusted =
                    TlsSettings.builder().provider(provider).pin(right).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), untrusted));
            TlsSettings right127 = trusting(provider).pin(right).build();
            assertThrows(
                    ClientConnectorCertificateException.class,
                    () -> get("https://127.0.0.1:" + server.port() + "/", right127));
        }
    }

    private static String sha256(X509Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aServerNameIsAskedForAndVerifiedInPlaceOfTheHosts(TlsSettings.Provider provider) throws Exception {
        certificates = TestCertificates.forHost("inner.test");
        try (ScriptedServer server = serving(socket -> ((SNIHostName) ((ExtendedSSLSession) socket.getSession())
                        .getRequestedServerNames()
                        .get(0))
                .getAsciiName())) {
            TlsSettings inner = trusting(provider).serverName("Inner.test").build();
            assertEquals("inner.test", get(server.url("/"), inner).toLowerCase(Locale.ROOT));
            assertEquals(
                    "inner.test",
                    get("https://127.0.0.1:" + server.port() + "/", inner).toLowerCase(Locale.ROOT));
            TlsSettings plain = trusting(provider).build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), plain));
        }
    }

    /** JDK's verification looks at the host's name if that which was asked for does not match. */
    @ParameterizedTest
    @MethodSource("providers")
    void theHostsOwnNameDoesNotCountBesideAServerName(TlsSettings.Provider provider) throws Exception {
        try (ScriptedServer server = serving(socket -> "x")) {
            TlsSettings other = trusting(provider).serverName("inner.test").build();
            assertThrows(ClientConnectorCertificateException.class, () -> get(server.url("/"), other));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theSecondHandshakeResumesTheFirst(TlsSettings.Provider provider) throws Exception {
        for (TlsSettings.Version version : TlsSettings.Version.values()) {
            TlsSettings settings = trusting(provider).versions(version).build();
            try (ScriptedServer server =
                            serving(socket -> String.valueOf(socket.getSession().getCreationTime()));
                    Connector connector = Connector.builder()
                            .keepAliveTimeout(Duration.ZERO)
                            .tls(settings)
                            .build();
                    ClientSession session =
                            ClientSession.builder().connector(connector).build()) {
                Set<String> made = new HashSet<>();
                for (int i = 0; i < 3; i++) {
                    made.add(run(session.get(server.url("/")).text()));
                    long now = System.currentTimeMillis();
                    Waiting.until("the next millisecond", () -> System.currentTimeMillis() > now);
                }
                assertEquals(3, server.connections());
                assertEquals(1, made.size(), () -> "sessions with " + version + ": " + made);
            }
        }
    }

    @Test
    void aPinIsCheckedOfAResumedSessionToo() throws Exception {
        TlsSettings pinned =
                trusting().pin(sha256(certificates.server().getCertificate())).build();
        try (ScriptedServer server = serving(socket -> "x")) {
            assertEquals("x", get(server.url("/"), pinned));
            assertEquals("x", get(server.url("/"), pinned));
        }
    }

    /** Case 36. */
    @Test
    void connectionsAreKeptForTheirSettingsAlone() throws Exception {
        TlsSettings one = trusting().build();
        TlsSettings two = trusting().build();
        try (ScriptedServer server = serving(socket -> "x");
                Connector connector = Connector.builder().tls(one).build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            for (int i = 0; i < 2; i++) {
                run(session.get(server.url("/")).text());
                run(session.get(server.url("/")).tls(two).text());
            }
            assertEquals(2, server.connections());
            TlsSettings untrusting = TlsSettings.builder().build();
            assertThrows(
                    ClientConnectorCertificateException.class,
                    () -> run(session.get(server.url("/")).tls(untrusting).text()));
        }
    }

    @Test
    void settingsOfATlsThatIsNotSpokenMakeNoDifference() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ok("plain"));
                ClientSession session = ClientSession.create()) {
            run(session.get(server.url("/")).text());
            run(session.get(server.url("/")).tls(trusting().build()).text());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void anOriginHasSettingsOfItsOwn() throws Exception {
        TestCertificates others = TestCertificates.forHost("localhost");
        try (ScriptedServer one = serving(socket -> "one");
                ScriptedServer two = serving(others.serverContext(), socket -> {}, socket -> "two");
                Connector connector = Connector.builder()
                        .tls(trusting().build())
                        .tls(
                                "https://LOCALHOST:" + two.port(),
                                TlsSettings.builder()
                                        .trust(List.of(others.authority()))
                                        .build())
                        .build();
                ClientSession session =
                        ClientSession.builder().connector(connector).build()) {
            assertEquals("one", run(session.get(one.url("/")).text()));
            assertEquals("two", run(session.get(two.url("/")).text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "a", "https://a/b", "https://u:p@a", "https://"})
    void whatIsNoOriginHasNoSettings(String origin) {
        TlsSettings settings = trusting().build();
        Connector.Builder builder = Connector.builder();
        String message = assertThrows(IllegalArgumentException.class, () -> builder.tls(origin, settings))
                .getMessage();
        assertTrue(message.startsWith("TLS settings for what is no origin"), message);
    }

    @Test
    void whatIsNoCertificateOrKeyIsNamed() throws Exception {
        X509Bundle client = certificates.client(Algorithm.rsa2048);
        Path certificate = file("client.pem", client.getCertificatePathPEM());
        Path key = file("key.pem", client.getPrivateKeyPEM());
        Path nonsense = file("nonsense.pem", "nonsense");
        Path missing = files.resolve("missing.pem");
        TlsSettings.Builder builder = TlsSettings.builder();
        assertNames(missing, () -> builder.trust(missing));
        assertNames(nonsense, () -> builder.trust(nonsense));
        assertNames(key, () -> builder.trust(key));
        assertNames(missing, () -> builder.clientCertificate(missing, key));
        assertNames(missing, () -> builder.clientCertificate(certificate, missing));
        assertNames(nonsense, () -> builder.clientCertificate(nonsense, key));
        assertNames(nonsense, () -> builder.clientCertificate(certificate, nonsense));
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        assertThrows(IllegalArgumentException.class, () -> builder.trust(empty));
        assertThrows(IllegalArgumentException.class, () -> builder.clientCertificate(empty, PASSWORD));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.clientCertificate(client.toKeyStore(PASSWORD), "wrong".toCharArray()));
        assertThrows(IllegalArgumentException.class, () -> builder.trust(List.of()));
    }

    private static void assertNames(Path file, Executable piece) {
        String message = assertThrows(IllegalArgumentException.class, piece).getMessage();
        assertTrue(message.contains(file.toString()), message);
    }

    @ParameterizedTest
    @CsvSource({"12", "zz", "''"})
    void aPinIsASha256(String pin) {
        TlsSettings.Builder builder = TlsSettings.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.pin(pin));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws Exception {
        SSLContext own = certificates.clientContext();
        assertThrows(
                IllegalArgumentException.class, () -> trusting().sslContext(own).build());
        assertThrows(IllegalArgumentException.class, () -> TlsSettings.builder().versions());
        assertThrows(IllegalArgumentException.class, () -> TlsSettings.builder().serverName("a b"));
    }

    @ParameterizedTest
    @EnumSource(TlsSettings.Provider.class)
    void aProviderIsThereOrItsAbsenceIsToldAtOnce(TlsSettings.Provider provider) {
        TlsSettings.Builder builder = trusting(provider);
        if (providers().anyMatch(provider::equals)) {
            builder.build();
        } else {
            String message =
                    assertThrows(IllegalStateException.class, builder::build).getMessage();
            assertTrue(message.contains("netty-tcnative-boringssl-static"), message);
        }
    }
}

package dev.jawait.runtime.transport;

import static dev.jawait.testing.ScriptedServer.ok;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.jawait.http.ClientConnectorCertificateException;
import dev.jawait.http.ClientConnectorSslException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientTimeout;
import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.TestCertificates;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsTest extends TransportFixture {
    private Recorder get(int port) {
        Origin origin = new Origin(true, "localhost", port);
        return send(request("GET", origin, "/", new DefaultHttpHeaders(), null), ClientTimeout.DEFAULT, true);
    }

    private static ScriptedServer serving(TestCertificates certificates, String response) throws Exception {
        return ScriptedServer.startTls(certificates.serverContext(), connection -> {
            while (connection.readRequest() != null) {
                connection.send(response);
            }
        });
    }

    @Test
    void aTrustedServerIsSpokenTo() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        try (ScriptedServer server = serving(certificates, ok("secret"))) {
            assertEquals("secret", get(server.port()).body());
            assertEquals("secret", get(server.port()).body());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aLargeBodyComesWhole() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        String body = "0123456789".repeat(200_000);
        try (ScriptedServer server = serving(certificates, ok(body))) {
            assertEquals(body, get(server.port()).body());
        }
    }

    @Test
    void aBodyToTheEndOfTheConnectionIsCutShortUnlessTlsSaysThatItEnds() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            SSLSocket tls = (SSLSocket) certificates
                    .serverContext()
                    .getSocketFactory()
                    .createSocket(connection.socket(), null, connection.socket().getPort(), false);
            tls.setUseClientMode(false);
            tls.getInputStream().read();
            tls.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhalf".getBytes(US_ASCII));
            connection.halfClose();
            connection.awaitClose();
        })) {
            assertInstanceOf(ClientPayloadException.class, get(server.port()).failure());
        }
    }

    @Test
    void aBodyToTheEndOfTheConnectionIsWholeIfTlsSaysThatItEnds() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        settings.ssl = certificates.clientContext();
        try (ScriptedServer server = ScriptedServer.startTls(certificates.serverContext(), connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n\r\nall");
        })) {
            assertEquals("all", get(server.port()).body());
        }
    }

    @Test
    void anotherHostsCertificateIsRefused() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("elsewhere.test");
        settings.ssl = certificates.clientContext();
        try (ScriptedServer server = serving(certificates, ok("x"))) {
            assertInstanceOf(
                    ClientConnectorCertificateException.class,
                    get(server.port()).failure());
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        TestCertificates certificates = TestCertificates.forHost("localhost");
        try (ScriptedServer server = serving(certificates, ok("x"))) {
            assertInstanceOf(
                    ClientConnectorCertificateException.class,
                    get(server.port()).failure());
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.awaitClose();
        })) {
            assertInstanceOf(
                    ClientConnectorSslException.class, get(server.port()).failure());
            server.awaitNoConnections();
        }
    }

    @Test
    void aServerThatHangsUpIsRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(
                connection -> connection.socket().getInputStream().read())) {
            assertInstanceOf(
                    ClientConnectorSslException.class, get(server.port()).failure());
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.Program;
import dev.jawait.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy and a server that nobody here wrote: Squid, which asks for a password, and nginx. Skipped without them. */
@ExtendWith(NothingLeft.class)
@Timeout(60)
class SquidTest {
    private static final String SQUID = """
            http_port 127.0.0.1:%d
            https_port 127.0.0.1:%d tls-cert=server.pem tls-key=key.pem
            pid_filename none
            cache_log cache.log
            access_log none
            netdb_filename none
            coredump_dir .
            visible_hostname squid.test
            cache deny all
            shutdown_lifetime 0 seconds
            connect_timeout 5 seconds
            auth_param basic program /bin/sh auth.sh
            auth_param basic children 1 startup=1
            auth_param basic realm test
            acl known proxy_auth REQUIRED
            http_access allow known
            http_access deny all
            """;
    private static final String AUTH = """
            while read line; do
              if [ "$line" = "user secret" ]; then echo OK; else echo ERR; fi
            done
            """;
    private static final String NGINX = """
            daemon off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              client_max_body_size 100m;
              server {
                listen 127.0.0.1:%d;
                listen 127.0.0.1:%d ssl;
                ssl_certificate server.pem;
                ssl_certificate_key key.pem;
                location / { return 200 "$request_method $request_uri $http_proxy_authorization"; }
                location /large { root .; }
              }
            }
            """;
    private static final String LARGE = "0123456789".repeat(300_000);

    @TempDir
    static Path directory;

    private static final Deque<Program> programs = new ArrayDeque<>();
    private static TestCertificates certificates;
    private static int http;
    private static int https;
    private static int proxy;
    private static int tlsProxy;

    private ClientSession session;
    private Connector connector;

    @BeforeAll
    static void start() throws Exception {
        Path squid = Program.find("squid");
        Path nginx = Program.find("nginx");
        certificates = TestCertificates.rsaForHost("localhost");
        http = Program.freePort();
        https = Program.freePort();
        proxy = Program.freePort();
        tlsProxy = Program.freePort();
        // Squid and nginx give up being root, if they are it.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(directory.resolve("server.pem"), certificates.server().getCertificatePathPEM());
        Files.writeString(directory.resolve("key.pem"), certificates.server().getPrivateKeyPEM());
        Files.writeString(directory.resolve("auth.sh"), AUTH);
        Files.writeString(directory.resolve("large"), LARGE);
        Files.writeString(directory.resolve("squid.conf"), SQUID.formatted(proxy, tlsProxy));
        Files.writeString(directory.resolve("nginx.conf"), NGINX.formatted(http, https));
        programs.push(Program.start(directory, http, nginx, "-p", directory.toString(), "-c", "nginx.conf"));
        programs.push(Program.start(directory, tlsProxy, squid, "-N", "-f", "squid.conf"));
    }

    @AfterAll
    static void stop() {
        programs.forEach(Program::close);
    }

    @BeforeEach
    void open() {
        TlsSettings trusting =
                TlsSettings.builder().trust(List.of(certificates.authority())).build();
        connector = Connector.builder().tls(trusting).build();
        session = ClientSession.builder().connector(connector).build();
    }

    @AfterEach
    void nothingIsLeft() {
        session.close();
        connector.close();
        assertEquals(0, connector.stats().open());
    }

    private static Proxy squid(String scheme, String userInfo) {
        return Proxy.of(scheme + "://" + userInfo + "localhost:" + (scheme.equals("http") ? proxy : tlsProxy));
    }

    private static String url(String scheme, String path) {
        return scheme + "://localhost:" + (scheme.equals("http") ? http : https) + path;
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https", "https, http", "https, https"})
    void requestsGoByTheProxyAndItsPasswordNoFurther(String proxyScheme, String scheme) {
        ClientRequest request = session.get(url(scheme, "/a?b=c")).proxy(squid(proxyScheme, "user:secret@"));
        for (int i = 0; i < 3; i++) {
            boolean reused = i > 0;
            run(request.use(response -> {
                assertEquals(200, response.status());
                assertEquals("GET /a?b=c", await(response.text()).strip());
                assertEquals(reused, response.isConnectionReused());
                assertEquals(
                        scheme.equals("http"), response.headers().contains("Via"), "forwarded, or through a tunnel");
                return null;
            }));
        }
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https", "https, http", "https, https"})
    void largeBodiesComeWholeBothWays(String proxyScheme, String scheme) {
        Proxy squid = squid(proxyScheme, "user:secret@");
        assertEquals(LARGE, run(session.get(url(scheme, "/large")).proxy(squid).text()));
        String posted =
                run(session.post(url(scheme, "/")).body(LARGE).proxy(squid).text());
        assertEquals("POST /", posted.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:wrong@", "other:secret@"})
    void withoutTheRightPasswordThereIsNoTunnel(String userInfo) {
        ClientRequest tunnelled = session.get(url("https", "/")).proxy(squid("http", userInfo));
        ClientHttpProxyException error = assertThrows(ClientHttpProxyException.class, () -> run(tunnelled.text()));
        assertEquals(407, error.status());
        assertNotNull(error.headers().get("Proxy-Authenticate"));
        ClientRequest forwarded = session.get(url("http", "/")).proxy(squid("http", userInfo));
        assertEquals(407, run(forwarded.use(ClientResponse::status)));
    }

    @Test
    void whatTheProxyCannotReachIsItsAnswer() {
        ClientRequest request =
                session.get("https://localhost:" + Program.freePort() + "/").proxy(squid("http", "user:secret@"));
        assertEquals(
                503,
                assertThrows(ClientHttpProxyException.class, () -> run(request.text()))
                        .status());
    }

    @Test
    void manyRequestsGoAtOnce() {
        List<String> texts = run(gather(Stream.generate(() -> session.get(url("https", "/"))
                        .proxy(squid("http", "user:secret@"))
                        .text())
                .limit(200)
                .toList()));
        assertEquals(
                Collections.nCopies(200, "GET /"),
                texts.stream().map(String::strip).toList());
        assertTrue(connector.stats().opened() <= 100);
    }
}

package dev.jawait.http;

import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NothingLeft.class)
@Timeout(30)
class CookieJarTest {
    private static final Cookie HOST_ONLY =
            new Cookie("host", "a\"\\\u00e9", "example.com", true, "/x", null, false, true);
    private static final Cookie SHARED =
            new Cookie("shared", "b", "example.com", false, "/", Instant.parse("2126-11-20T10:00:00.5Z"), true, false);
    private static final Cookie OF_ADDRESS = new Cookie("v6", "", "::1", true, "/", null, false, false);

    @TempDir
    Path directory;

    private static List<String> sent(CookieJar jar, String url) {
        return jar.cookiesFor(URI.create(url)).stream().map(Cookie::name).toList();
    }

    private static CookieJar jarOf(Cookie... cookies) {
        CookieJar.Builder builder = CookieJar.builder();
        for (Cookie cookie : cookies) {
            builder.cookie(cookie);
        }
        return builder.build();
    }

    // ---- Settings

    /** Case 56, {@code test_treat_as_secure_origin}. */
    @Test
    void secureCookiesGoToOriginsThatCountAsSecure() {
        CookieJar jar = CookieJar.builder()
                .treatAsSecureOrigin("http://example.com:8080/any/path")
                .cookie(SHARED)
                .build();
        assertEquals(List.of("shared"), sent(jar, "http://example.com:8080/"));
        assertEquals(List.of(), sent(jar, "http://example.com/"));
        assertEquals(List.of(), sent(jar, "http://www.example.com:8080/"));
        assertEquals(List.of("shared"), sent(jar, "https://www.example.com/"));
        assertThrows(InvalidUrlException.class, () -> CookieJar.builder().treatAsSecureOrigin("http://"));
    }

    /** Case 56, {@code test_domain_filter_ip_cookie_receive}. */
    @Test
    void cookiesOfAddressesCanBeRefused() {
        Cookie cookie = new Cookie("a", "1", "127.0.0.1", true, "/", null, false, false);
        for (boolean accept : new boolean[] {true, false}) {
            CookieJar jar = CookieJar.builder().acceptFromIp(accept).build();
            jar.store(URI.create("http://127.0.0.1/"), List.of(cookie));
            jar.store(URI.create("http://[::1]/"), List.of(OF_ADDRESS));
            assertEquals(accept ? 2 : 0, jar.all().size());
        }
    }

    @Test
    void aJarCanBeginWithCookies() {
        CookieJar jar = CookieJar.builder()
                .cookie("https://example.com:8443/path", "a", "1")
                .cookie("http://[::1]:80/", "b", "2")
                .build();
        assertEquals(List.of("a"), sent(jar, "https://example.com/"));
        assertEquals(List.of(), sent(jar, "http://example.com/"));
        assertEquals(List.of(), sent(jar, "https://www.example.com/"));
        assertEquals(List.of("b"), sent(jar, "http://[::1]/"));
        assertThrows(IllegalArgumentException.class, () -> CookieJar.builder().cookie("http://h/", "a b", "1"));
        assertThrows(IllegalArgumentException.class, () -> CookieJar.builder().cookie("http://h/", "a", "1;2"));
        assertThrows(InvalidUrlException.class, () -> CookieJar.builder().cookie("http:///", "a", "1"));
    }

    @Test
    void cookiesCanBeForgottenByWhatTheyAre() {
        CookieJar jar = jarOf(HOST_ONLY, SHARED, OF_ADDRESS);
        jar.clear(cookie -> {
            jar.all(); // A predicate may ask the jar.
            return cookie.name().equals("shared");
        });
        assertEquals(List.of(HOST_ONLY, OF_ADDRESS), jar.all());
        jar.clear();
        assertEquals(List.of(), jar.all());
        assertEquals(List.of(), sent(jar, "http://[::1]/"));
    }

    @Test
    void aDomainIsForgottenWithAllBelowIt() {
        Cookie below = new Cookie("below", "", "a.b.example.com", true, "/", null, false, false);
        Cookie beside = new Cookie("beside", "", "badexample.com", true, "/", null, false, false);
        Cookie above = new Cookie("above", "", "com", true, "/", null, false, false);
        CookieJar jar = jarOf(HOST_ONLY, below, beside, above);
        jar.clearDomain("Example.com");
        assertEquals(List.of(beside, above), jar.all());
    }

    // ---- Files

    /** Case 57, {@code test_save_load_json_preserves_host_only_scope}. */
    @Test
    void whatIsSavedIsLoadedAsItWas() {
        Path file = directory.resolve("cookies.json");
        run(jarOf(HOST_ONLY, SHARED, OF_ADDRESS).save(file));
        CookieJar jar = CookieJar.create();
        run(jar.load(file));
        assertEquals(List.of(HOST_ONLY, SHARED, OF_ADDRESS), jar.all());
        assertEquals(List.of("host"), sent(jar, "http://example.com/x"));
        assertEquals(List.of("shared"), sent(jar, "https://www.example.com/x"));
    }

    /** Case 57, {@code test_save_creates_private_cookie_file}. */
    @Test
    void aSavedFileIsItsOwnersAloneAndReplacesTheOldOne() throws IOException {
        Path file = directory.resolve("cookies.json");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        run(jarOf(SHARED).save(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFileThatCannotBeWrittenOrReadIsAnErrorThatNamesIt() {
        Path file = directory.resolve("missing/cookies.json");
        for (var attempt :
                List.of(CookieJar.create().save(file), CookieJar.create().load(file))) {
            UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> run(attempt));
            assertInstanceOf(NoSuchFileException.class, error.getCause());
            assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        }
    }

    /** Case 57, {@code test_load_rejects_malicious_pickle}: nothing but plain data is read, and all of it checked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0080\u0004cposix\nsystem\n",
                "[{\"name\":\"secret\"}]",
                "[{NAME},\"value\":\"secret\",\"domain\":\"h\",\"hostOnly\":true,\"path\":\"/\",\"expires\":null,"
                        + "\"secure\":false,\"httpOnly\":\"no\"}]",
                "[{NAME,\"value\":\"secret\\r\\nX: y\",REST}]",
                "[{NAME,\"value\":\"secret;b\",REST}]",
                "[{NAME,\"value\":\"secret\",\"path\":\"x\",REST}]",
                "[{NAME,\"value\":\"secret\",\"domain\":\"a b\",REST}]",
                "[{NAME,\"value\":\"secret\",\"domain\":\"a/../b\",REST}]",
                "[{NAME,\"value\":\"secret\",\"domain\":\"\",REST}]",
                "[{NAME,\"value\":\"secret\",\"expires\":\"soon\",REST}]"
            })
    void aMalformedFileIsAnErrorAndChangesNothing(String text) throws IOException {
        String good = "{\"name\":\"ok\",\"value\":\"1\",REST}";
        String json = text.replace("[{NAME", "[" + good + ",{\"name\":\"a\"");
        Path file = directory.resolve("cookies.json");
        Files.writeString(file, withRest(json));
        CookieJar jar = jarOf(SHARED);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> run(jar.load(file)));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertFalse(error.getMessage().contains("secret"), error.getMessage());
        assertEquals(List.of(SHARED), jar.all());

        Files.writeString(file, withRest("[" + good + "]"));
        run(jar.load(file));
        assertEquals(2, jar.all().size());
    }

    /** What an object lacks, in place of {@code REST}. */
    private static String withRest(String json) {
        StringBuilder whole = new StringBuilder();
        for (String part : json.split("(?<=})")) {
            String rest = "";
            for (String field : List.of(
                    "\"domain\":\"h\"",
                    "\"hostOnly\":true",
                    "\"path\":\"/\"",
                    "\"expires\":null",
                    "\"secure\":false")) {
                rest += part.contains(field.substring(0, field.indexOf(':'))) ? "" : field + ",";
            }
            whole.append(part.replace("REST", rest + "\"httpOnly\":false"));
        }
        return whole.toString();
    }

    @Test
    void aJarOfOnesOwnCanBeSavedToo() {
        Path file = directory.resolve("none.json");
        run(CookieJar.none().save(file));
        CookieJar jar = jarOf(SHARED);
        run(jar.load(file));
        assertEquals(List.of(SHARED), jar.all());
    }

    // ---- On the wire

    /** Case 54, {@code test_cookies_redirect}. */
    @Test
    void ofACookieThatRedirectsSetTheLastValueIsSent() throws IOException {
        List<String> cookies = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    for (Request request; (request = connection.readRequest()) != null; ) {
                        cookies.add(request.headers().getOrDefault("Cookie", ""));
                        int hop = Integer.parseInt(request.target().substring(1));
                        connection.send(
                                hop == 3
                                        ? ScriptedServer.ok("")
                                        : "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /" + (hop + 1)
                                                + "\r\nSet-Cookie: a=" + hop + "; Path=/\r\n\r\n");
                    }
                });
                ClientSession session = ClientSession.create()) {
            run(session.get(server.url("/1")).bytes());
        }
        assertEquals(List.of("", "a=1", "a=2"), cookies);
    }

    /** Case 58, {@code test_cookies_per_request}. */
    @Test
    void cookiesOfARequestGoBesideTheJarsAndAreNotKept() throws IOException {
        List<String> cookies = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    for (Request request; (request = connection.readRequest()) != null; ) {
                        cookies.add(request.headers().getOrDefault("Cookie", ""));
                        connection.send(ScriptedServer.ok(""));
                    }
                });
                ClientSession session = ClientSession.builder()
                        .cookieJar(CookieJar.builder()
                                .cookie(server.url("/"), "a", "1")
                                .cookie(server.url("/"), "b", "2")
                                .build())
                        .build()) {
            run(session.get(server.url("/")).cookie("b", "3").cookie("c", "4").bytes());
            run(session.get(server.url("/")).bytes());
        }
        assertEquals(List.of("b=3; c=4; a=1", "a=1; b=2"), cookies);
    }
}

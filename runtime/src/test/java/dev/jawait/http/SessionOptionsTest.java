package dev.jawait.http;

import static dev.jawait.Async.run;
import static dev.jawait.Async.withTimeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedConnection.Request;
import dev.jawait.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session adds to its requests, and whom it shows its secrets to. */
@Timeout(30)
@ExtendWith(NothingLeft.class)
class SessionOptionsTest {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private ScriptedServer server;
    private ScriptedServer other;

    @BeforeEach
    void start() throws IOException {
        other = recording("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        server = ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                requests.add(request);
                connection.send(
                        switch (request.target()) {
                            case "/away" -> redirect(other.url("/there"));
                            case "/stay" -> redirect("/here");
                            default -> ScriptedServer.ok(request.target());
                        });
            }
        });
    }

    private ScriptedServer recording(String response) throws IOException {
        return ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                requests.add(request);
                connection.send(response);
            }
        });
    }

    private static String redirect(String to) {
        return "HTTP/1.1 307 Go\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n";
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        other.close();
    }

    private String header(int request, String name) {
        return requests.get(request).headers().get(name);
    }

    private void with(UnaryOperator<ClientSession.Builder> settings, java.util.function.Consumer<ClientSession> use) {
        try (ClientSession session = settings.apply(ClientSession.builder()).build()) {
            use.accept(session);
        }
    }

    @Test
    void urlsAreRelativeToTheBaseUrl() {
        with(builder -> builder.baseUrl(server.url("/api/v1/")), session -> {
            assertEquals("/api/v1/users", run(session.get("users").text()));
            assertEquals("/api/v1/?q=1", run(session.get("?q=1").text()));
            assertEquals("/root", run(session.get("/root").text()));
            assertEquals("/api/x", run(session.get("../x").text()));
            assertEquals("/abs", run(session.get(server.url("/abs")).text()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h/api", "http://h/?q", "http://h/#f", "api/", "ftp://h/", "http://u:p@h/"})
    void aBaseUrlThatIsNoneIsRefused(String url) {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> ClientSession.builder().baseUrl(url));
        assertFalse(error.getMessage().contains("u:p"), error.getMessage());
    }

    @Test
    void credentialsAreSentToTheOriginOfTheRequest() {
        with(builder -> builder.auth(Auth.basic("user", "pass")), session -> {
            run(session.get(server.url("/")).text());
            assertEquals("Basic dXNlcjpwYXNz", header(0, "Authorization"));
            run(session.get(server.url("/")).auth(Auth.bearer("t")).text());
            assertEquals("Bearer t", header(1, "Authorization"));
            run(session.get(server.url("/"))
                    .header("Authorization", "Mine x")
                    .auth(Auth.bearer("t"))
                    .text());
            assertEquals("Mine x", header(2, "Authorization"));
        });
    }

    /** Case 48. */
    @Test
    void aRedirectTakesCredentialsAndSecretHeadersNowhereElse() {
        with(builder -> builder.secretHeader("X-Session-Key", "s").header("X-Plain", "p"), session -> {
            for (String path : List.of("/stay", "/away")) {
                requests.clear();
                run(session.get(server.url(path))
                        .auth(Auth.bearer("t"))
                        .secretHeader("X-Own-Key", "o")
                        .header("X-Api-Key", "a")
                        .cookie("c", "1")
                        .text());
                boolean away = path.equals("/away");
                assertEquals("Bearer t", header(0, "Authorization"));
                assertEquals(away ? null : "Bearer t", header(1, "Authorization"));
                assertEquals("s", header(0, "X-Session-Key"));
                assertEquals(away ? null : "s", header(1, "X-Session-Key"));
                assertEquals(away ? null : "o", header(1, "X-Own-Key"));
                assertEquals(away ? null : "a", header(1, "X-Api-Key"));
                assertEquals(away ? null : "c=1", header(1, "Cookie"));
                assertEquals("p", header(1, "X-Plain"));
            }
        });
    }

    /** Case 49, where Jawait is stricter than aiohttp. */
    @Test
    void aRedirectTakesTheSessionsCredentialsNowhereElseEither() {
        with(builder -> builder.auth(Auth.bearer("t")), session -> {
            run(session.get(server.url("/away")).text());
            assertEquals("Bearer t", header(0, "Authorization"));
            assertNull(header(1, "Authorization"));
        });
        requests.clear();
        with(builder -> builder.auth(Auth.bearer("t")).baseUrl(server.url("/")), session -> {
            run(session.get("/").text());
            run(session.get(other.url("/")).text());
            assertEquals("Bearer t", header(0, "Authorization"));
            assertNull(header(1, "Authorization"), "With a base URL they are for its origin alone");
        });
    }

    @Test
    void eachOriginMayHaveItsOwnCredentials() {
        with(
                builder -> builder.auth(server.url("/"), Auth.bearer("one")).auth(other.url("/x"), Auth.bearer("two")),
                session -> {
                    run(session.get(server.url("/away")).text());
                    assertEquals("Bearer one", header(0, "Authorization"));
                    assertEquals("Bearer two", header(1, "Authorization"));
                });
    }

    /** Case 55. */
    @Test
    void credentialsInTheUrlAndBesideItAreAnError() {
        with(builder -> builder, session -> {
            String url = server.url("/").replace("http://", "http://user:secret@");
            run(session.get(url).text());
            assertEquals("Basic dXNlcjpzZWNyZXQ=", header(0, "Authorization"));
            for (ClientRequest request : List.of(
                    session.get(url).auth(Auth.bearer("t")), session.get(url).header("authorization", "x"))) {
                InvalidUrlException error = assertThrows(InvalidUrlException.class, () -> run(request.text()));
                assertFalse(error.getMessage().contains("secret"), error.getMessage());
            }
        });
    }

    @Test
    void secretsAreInNoText() {
        assertEquals("Auth[basic]", Auth.basic("u", "secret").toString());
        assertEquals("Auth[bearer]", Auth.bearer("secret").toString());
        assertEquals("Auth[digest]", Auth.digest("u", "secret").toString());
        assertThrows(IllegalArgumentException.class, () -> Auth.basic("a:b", "c"));
    }

    @Test
    void aTokenCannotAddAHeader() {
        with(
                builder -> builder,
                session -> assertThrows(
                        ClientException.class,
                        () -> run(session.get(server.url("/"))
                                .auth(Auth.bearer("t\r\nX-Evil: 1"))
                                .text())));
        assertEquals(List.of(), requests);
    }

    @Test
    void headersThatAreAddedByThemselvesCanBeLeftOut() {
        with(builder -> builder.skipAutoHeaders("user-agent"), session -> {
            run(session.post(server.url("/"))
                    .skipAutoHeaders("Accept", "Accept-Encoding", "Content-Type")
                    .body("x")
                    .text());
            for (String name : List.of("User-Agent", "Accept", "Accept-Encoding", "Content-Type")) {
                assertNull(header(0, name), name);
            }
            run(session.get(server.url("/")).header("User-Agent", "mine").text());
            assertEquals("mine", header(1, "User-Agent"));
            assertEquals("*/*", header(1, "Accept"));
        });
    }

    @Test
    void serversAreToldHowLongTheCallerWaits() {
        with(builder -> builder.deadlineHeader("X-Time-Left"), session -> {
            run(session.get(server.url("/")).timeout(Duration.ofSeconds(9)).text());
            long left = Long.parseLong(header(0, "X-Time-Left"));
            assertTrue(left > 0 && left <= 9000, "left: " + left);
            run(withTimeout(Duration.ofSeconds(5), session.get(server.url("/")).text()));
            left = Long.parseLong(header(1, "X-Time-Left"));
            assertTrue(left > 0 && left <= 5000, "left: " + left);
            run(session.get(server.url("/")).timeout(ClientTimeout.NONE).text());
            assertNull(header(2, "X-Time-Left"));
        });
        assertThrows(
                IllegalArgumentException.class, () -> ClientSession.builder().deadlineHeader("no token"));
    }

    private static final String CHALLENGE = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n"
            + "WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", algorithm=SHA-256, nonce=\"n\"\r\n\r\n";

    @Test
    void aDigestChallengeIsAnsweredOnceAndFromThenOnInAdvance() throws IOException {
        try (ScriptedServer guarded = guarded()) {
            with(builder -> builder.auth(Auth.digest("user", "pass")), session -> {
                assertEquals("in", run(session.get(guarded.url("/a")).text()));
                assertEquals(2, requests.size());
                assertNull(header(0, "Authorization"));
                String answer = header(1, "Authorization");
                assertTrue(answer.startsWith("Digest ") && answer.contains("nc=00000001"), answer);
                assertFalse(answer.contains("pass"));
                assertEquals("in", run(session.get(guarded.url("/b")).text()));
                assertEquals(3, requests.size());
                assertTrue(header(2, "Authorization").contains("nc=00000002"));
                assertEquals(1, guarded.connections());
            });
        }
    }

    private ScriptedServer guarded() throws IOException {
        return ScriptedServer.start(connection -> {
            for (Request request = connection.readRequest(); request != null; request = connection.readRequest()) {
                requests.add(request);
                boolean shows = request.headers().containsKey("Authorization");
                connection.send(shows ? ScriptedServer.ok("in") : CHALLENGE);
            }
        });
    }

    @Test
    void aSecondChallengeIsTheResponse() throws IOException {
        try (ScriptedServer refusing = recording(CHALLENGE)) {
            with(builder -> builder, session -> {
                assertEquals(
                        401,
                        run(session.get(refusing.url("/"))
                                .auth(Auth.digest("u", "wrong"))
                                .use(ClientResponse::status)));
                assertEquals(2, requests.size());
            });
        }
    }

    @Test
    void aChallengeAfterABodyThatIsSpentIsTheResponse() throws IOException {
        try (ScriptedServer guarded = guarded()) {
            with(builder -> builder.auth(Auth.digest("u", "p")), session -> {
                RequestBody once = RequestBody.stream(new ByteArrayInputStream(new byte[3]));
                assertEquals(401, run(session.post(guarded.url("/")).body(once).use(ClientResponse::status)));
                assertEquals(1, requests.size());
            });
        }
    }

    @Test
    void aChallengeOfAnotherOriginIsNotAnswered() throws IOException {
        try (ScriptedServer refusing = recording(CHALLENGE);
                ScriptedServer first = recording(redirect(refusing.url("/")))) {
            with(builder -> builder.auth(Auth.digest("u", "p")), session -> {
                assertEquals(401, run(session.get(first.url("/")).use(ClientResponse::status)));
                assertEquals(2, requests.size());
                assertNull(header(1, "Authorization"));
            });
        }
    }

    @Test
    void aCookieHeaderIsSentBesideTheCookiesOfTheJar() {
        CookieJar jar = CookieJar.builder().cookie(server.url("/"), "kept", "1").build();
        with(builder -> builder.cookieJar(jar), session -> {
            run(session.get(server.url("/")).header("Cookie", "own=2").text());
            assertEquals("own=2; kept=1", header(0, "Cookie"));
        });
    }

    @Test
    void aUserThatDigestAuthCannotTellIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> Auth.digest("a:b", "secret"));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Auth.digest("a", "sec\nret"));
        assertFalse(error.getMessage().contains("sec"), error::getMessage);
    }

    @Test
    void whatIsSaidForAnOriginGoesBeforeWhatIsSaidForAll() {
        with(builder -> builder.auth(Auth.bearer("all")).auth(server.url("/"), Auth.bearer("this")), session -> {
            run(session.get(server.url("/")).text());
            run(session.get(server.url("/")).auth(Auth.bearer("own")).text());
            run(session.get(other.url("/")).text());
            assertEquals("Bearer this", header(0, "Authorization"));
            assertEquals("Bearer own", header(1, "Authorization"));
            assertEquals("Bearer all", header(2, "Authorization"));
        });
    }
}

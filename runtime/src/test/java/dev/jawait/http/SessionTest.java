package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.Async;
import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.Outcome;
import dev.jawait.Task;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.TestSite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session against the JDK's own server. */
@Timeout(30)
@ExtendWith(NothingLeft.class)
class SessionTest {
    private static TestSite site;
    private ClientSession session;

    @BeforeAll
    static void start() {
        site = new TestSite();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void open() {
        session = ClientSession.create();
    }

    @AfterEach
    void nothingIsLeft() {
        session.close();
        PoolStats left = session.connector().stats();
        assertEquals(List.of(0, 0, 0), List.of(left.open(), left.inUse(), left.waiting()));
    }

    private static String url(String path) {
        return site.url(path);
    }

    private String text(ClientRequest request) {
        return run(request.text());
    }

    @Test
    void useHandsTheResponseToTheBodyAndReleasesIt() {
        int status = run(session.get(url("/hello")).use(ClientResponse::status));
        assertEquals(200, status);
    }

    @Test
    void textBytesAndJsonReadTheBody() {
        assertEquals("hello", text(session.get(url("/hello"))));
        assertArrayEquals(
                "hello".getBytes(StandardCharsets.UTF_8),
                run(session.get(url("/hello")).bytes()));
        Map<?, ?> json = run(session.get(url("/json")).json(Map.class));
        assertEquals(Map.of("name", "x", "count", 3), json);
    }

    @Test
    void aResponseCanBeReadInsideOfABody() {
        String text = run(() -> {
            try (ClientResponse response = await(session.get(url("/hello")))) {
                return response.status() + " " + response.reason() + " " + await(response.text());
            }
        });
        assertEquals("200 OK hello", text);
    }

    @Test
    void aBodyIsKeptForASecondCall() {
        List<String> texts = run(session.get(url("/hello")).use(r -> List.of(await(r.text()), await(r.text()))));
        assertEquals(List.of("hello", "hello"), texts);
    }

    @Test
    void aRequestIsARecipeThatCanBeSentAgain() {
        ClientRequest request = session.get(url("/hello"));
        assertEquals("hello", text(request));
        assertEquals("hello", text(request));
    }

    @Test
    void theFutureDoorDoesNotBlock() throws Exception {
        CompletableFuture<String> future = session.get(url("/hello")).text().toFuture();
        assertEquals("hello", future.get(10, TimeUnit.SECONDS));
    }

    @Test
    void cancellingTheFutureFreesTheConnection() throws Exception {
        CompletableFuture<String> future = session.get(url("/stall")).text().toFuture();
        awaitStats(stats -> stats.inUse() == 1);
        future.cancel(true);
        awaitStats(stats -> stats.inUse() == 0);
        assertEquals("hello", text(session.get(url("/hello"))));
    }

    private void awaitStats(java.util.function.Predicate<PoolStats> condition) throws InterruptedException {
        for (int i = 0; !condition.test(session.connector().stats()); i++) {
            assertTrue(i < 1000, () -> "still " + session.connector().stats());
            Thread.sleep(5);
        }
    }

    @Test
    void everyMethodIsSentWithItsBody() {
        assertTrue(text(session.post(url("/echo")).body("x")).startsWith("POST /echo"));
        assertTrue(text(session.put(url("/echo")).body("x")).endsWith("\n\nx"));
        assertTrue(text(session.patch(url("/echo")).body("x")).endsWith("\n\nx"));
        assertTrue(text(session.delete(url("/echo")).body("x")).endsWith("\n\nx"));
        assertTrue(text(session.options(url("/echo"))).startsWith("OPTIONS /echo"));
        assertEquals("", text(session.head(url("/echo"))));
        assertTrue(text(session.request("REPORT", url("/echo"))).startsWith("REPORT /echo"));
    }

    @Test
    void bodiesHaveTheirContentType() {
        assertSent(session.post(url("/echo")).json(Map.of("a", 1)), "application/json", "{\"a\":1}");
        assertSent(
                session.post(url("/echo")).form(Map.of("a b", "c&d")),
                "application/x-www-form-urlencoded",
                "a+b=c%26d");
        assertSent(session.post(url("/echo")).body(new byte[] {65}), "application/octet-stream", "A");
    }

    private void assertSent(ClientRequest request, String contentType, String body) {
        String echoed = text(request);
        assertTrue(echoed.contains("Content-type: [" + contentType + "]"), echoed);
        assertTrue(echoed.endsWith("\n\n" + body), echoed);
    }

    @Test
    void parametersAreEncodedIntoTheQuery() {
        assertTrue(text(session.get(url("/echo?a=1")).param("b", "x y&z")).startsWith("GET /echo?a=1&b=x%20y%26z"));
    }

    @Test
    void headersOfTheRequestReplaceTheSessions() {
        try (ClientSession own = ClientSession.builder()
                .header("X-One", "session")
                .header("User-Agent", "me")
                .build()) {
            assertTrue(text(own.get(url("/echo"))).contains("X-one: [session]"));
            assertTrue(text(own.get(url("/echo")).header("x-one", "a").header("X-One", "b"))
                    .contains("X-one: [a, b]"));
            assertTrue(text(own.get(url("/echo"))).contains("User-agent: [me]"));
        }
    }

    @Test
    void userInfoBecomesBasicAuthentication() {
        String withUser = url("/echo").replace("http://", "http://me:se%20cret@");
        assertTrue(text(session.get(withUser)).contains("Authorization: [Basic bWU6c2UgY3JldA==]"));
    }

    @Test
    void cookiesAreKeptByTheSession() {
        assertEquals("none", text(session.get(url("/cookie"))));
        assertEquals("visit=seen", text(session.get(url("/cookie"))));
        assertEquals("a=1; visit=seen", text(session.get(url("/cookie")).cookie("a", "1")));
        assertEquals(1, session.cookieJar().all().size());
    }

    @Test
    void aSessionWithoutAJarKeepsNoCookies() {
        try (ClientSession own =
                ClientSession.builder().cookieJar(CookieJar.none()).build()) {
            assertEquals("none", text(own.get(url("/cookie"))));
            assertEquals("none", text(own.get(url("/cookie"))));
            Map<String, Cookie> cookies = run(own.get(url("/cookie")).use(ClientResponse::cookies));
            assertEquals("seen", cookies.get("visit").value());
        }
    }

    @Test
    void redirectsAreFollowedAndRemembered() {
        run(session.get(url("/redirect/302/3")).use(response -> {
            assertEquals("/echo", response.url().getPath());
            assertEquals(3, response.history().size());
            assertEquals(302, response.history().get(0).status());
            return null;
        }));
    }

    /** Case 46. */
    @Test
    void aRedirectOfAPostBecomesAGetOrStaysAPost() {
        assertTrue(text(session.post(url("/redirect/302/1")).body("x")).startsWith("GET /echo"));
        assertTrue(text(session.post(url("/redirect/303/1")).body("x")).endsWith("\n\n"));
        assertTrue(text(session.post(url("/redirect/307/1")).body("x")).matches("(?s)POST /echo.*\n\nx"));
        assertTrue(text(session.put(url("/redirect/301/1")).body("x")).matches("(?s)PUT /echo.*\n\nx"));
    }

    @Test
    void redirectsReuseTheConnection() {
        run(session.get(url("/redirect/302/3")).text());
        assertEquals(1, session.connector().stats().opened());
    }

    /** Case 47. */
    @Test
    void tooManyRedirectsAreAnError() {
        TooManyRedirectsException error = assertThrows(
                TooManyRedirectsException.class,
                () -> text(session.get(url("/redirect/302/3")).maxRedirects(2)));
        assertEquals(2, error.history().size());
        assertEquals(url("/redirect/302/3"), error.url().toString());
        assertTrue(text(session.get(url("/redirect/302/11")).maxRedirects(0)).startsWith("GET /echo"));
    }

    @Test
    void redirectsAreNotFollowedIfNotAllowed() {
        int status =
                run(session.get(url("/redirect/302/1")).allowRedirects(false).use(ClientResponse::status));
        assertEquals(302, status);
        int head = run(session.head(url("/redirect/302/1")).use(ClientResponse::status));
        assertEquals(302, head);
    }

    @Test
    void secretsDoNotCrossOrigins() {
        String elsewhere = session.get(url("/to?" + site.otherOrigin("/echo"))).name();
        assertFalse(elsewhere.contains("?"));
        String echoed = text(session.get(url("/to?" + site.otherOrigin("/echo")))
                .header("Authorization", "secret")
                .cookie("a", "1"));
        assertFalse(echoed.contains("secret") || echoed.contains("a=1"), echoed);
        String same = text(session.get(url("/to?" + url("/echo"))).header("Authorization", "secret"));
        assertTrue(same.contains("secret"), same);
    }

    /** Case 52. */
    @Test
    void aRedirectToAnotherSchemeIsAnError() {
        assertThrows(NonHttpUrlException.class, () -> text(session.get(url("/to?ftp://x/"))));
    }

    @Test
    void raiseForStatusMakesAnErrorOfIt() {
        ClientResponseException error = assertThrows(
                ClientResponseException.class,
                () -> text(session.get(url("/status/404")).raiseForStatus(true)));
        assertEquals(404, error.status());
        assertEquals("status", text(session.get(url("/status/404"))));
        run(session.get(url("/status/500")).use(response -> {
            assertThrows(ClientResponseException.class, response::raiseForStatus);
            return await(response.text());
        }));
    }

    @Test
    void bodilessResponsesEnd() {
        assertEquals("", text(session.get(url("/status/204"))));
        assertEquals("", text(session.get(url("/status/304"))));
        assertEquals(1, session.connector().stats().opened());
    }

    @Test
    void badUrlsAreErrorsOfTheTask() {
        Task<String> task = session.get("python://bad").text().start();
        assertThrows(NonHttpUrlException.class, task::join);
        assertThrows(InvalidUrlException.class, () -> text(session.get("http://")));
        assertThrows(IllegalArgumentException.class, () -> session.request("A B", url("/")));
    }

    @Test
    void aDeadPortIsAConnectorException() {
        ClientConnectorException error =
                assertThrows(ClientConnectorException.class, () -> text(session.get("http://127.0.0.1:1/")));
        assertTrue(error.getMessage().contains("127.0.0.1:1"), error.getMessage());
    }

    @Test
    void aTotalTimeoutNamesItsLimitAndItsUrl() {
        ClientTimeoutException error = assertThrows(
                ClientTimeoutException.class,
                () -> text(session.get(url("/stall")).timeout(Duration.ofMillis(100))));
        assertEquals("total", error.limitName());
        assertEquals(Phase.FIRST_BYTE, error.phase());
        assertEquals(url("/stall"), error.url().toString());
        assertTrue(error.elapsed().toMillis() >= 100);
    }

    @Test
    void aLimitAroundARequestFreesItsConnection() throws Exception {
        Coroutine<String> limited = Async.withTimeout(
                Duration.ofMillis(50), session.get(url("/stall")).text());
        assertThrows(dev.jawait.AsyncTimeoutException.class, () -> run(limited));
        awaitStats(stats -> stats.open() == 0);
    }

    @Test
    void aBodyIsReadPieceByPiece() {
        int length = 3_000_000;
        byte[] all = run(session.get(url("/large?" + length)).use(response -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (ByteBuffer piece; (piece = await(response.body().read())) != null; ) {
                bytes.write(piece.array(), piece.position(), piece.remaining());
            }
            assertNull(await(response.body().read()));
            return bytes.toByteArray();
        }));
        assertEquals(length, all.length);
        long discarded =
                run(session.get(url("/large?" + length)).use(r -> await(r.body().discard())));
        assertEquals(length, discarded);
        assertEquals(1, session.connector().stats().opened());
    }

    @Test
    void aResponseThatIsNotReadClosesItsConnection() throws Exception {
        run(session.get(url("/large?3000000")).use(ClientResponse::status));
        awaitStats(stats -> stats.open() == 0);
    }

    @Test
    void readingAfterCloseIsRefused() {
        ClientResponse response = run(session.get(url("/large?3000000")));
        response.close();
        assertThrows(ClientConnectionException.class, () -> run(response.text()));
    }

    @Test
    void aThousandRequestsTakeAHundredConnections() {
        try (TestSite own = new TestSite()) {
            List<Coroutine<String>> requests = Stream.generate(
                            () -> session.get(own.url("/hello")).text())
                    .limit(1000)
                    .toList();
            assertEquals(Collections.nCopies(1000, "hello"), run(gather(requests)));
            assertTrue(session.connector().stats().opened() <= 100);
            assertTrue(own.connections() <= 100 && own.mostAtOnce() <= 100);
        }
    }

    @Test
    void aSharedConnectorOutlivesItsSessions() {
        try (Connector connector = Connector.builder().limit(7).build()) {
            for (int i = 0; i < 3; i++) {
                try (ClientSession one =
                        ClientSession.builder().connector(connector).build()) {
                    assertEquals("hello", text(one.get(url("/hello"))));
                }
            }
            assertEquals(1, connector.stats().opened());
        }
    }

    @Test
    void aClosedSessionRefusesRequestsAndFailsThoseThatRun() throws Exception {
        Task<List<Outcome<String>>> running =
                gather(session.get(url("/stall")).text()).returnExceptions().start();
        awaitStats(stats -> stats.inUse() == 1);
        session.close();
        Outcome<String> outcome = running.join().get(0);
        assertInstanceOf(ClientConnectionException.class, outcome.exceptionOrNull());
        assertThrows(IllegalStateException.class, () -> text(session.get(url("/hello"))));
        assertTrue(session.isClosed());
        session.close();
    }

    @Test
    void cancellingATaskThatWaitsForAConnectionLeavesTheQueue() throws Exception {
        try (ClientSession narrow = ClientSession.builder()
                .connector(Connector.builder().limit(1).build())
                .build()) {
            Task<String> first = narrow.get(url("/stall")).text().start();
            Task<String> second = narrow.get(url("/stall")).text().start();
            for (int i = 0; narrow.connector().stats().waiting() == 0; i++) {
                assertTrue(i < 1000);
                Thread.sleep(5);
            }
            second.cancel();
            assertThrows(CancelledException.class, second::join);
            first.cancel();
            assertThrows(CancelledException.class, first::join);
            assertEquals("hello", text(narrow.get(url("/hello"))));
            narrow.connector().close();
        }
    }

    @Test
    void aFailedFutureHoldsTheExceptionItself() {
        ExecutionException error = assertThrows(
                ExecutionException.class,
                () -> session.get("x").text().toFuture().get());
        assertInstanceOf(InvalidUrlException.class, error.getCause());
    }
}

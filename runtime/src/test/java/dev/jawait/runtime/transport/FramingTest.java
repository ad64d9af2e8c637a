package dev.jawait.runtime.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.ClientException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.InvalidUrlException;
import dev.jawait.http.ServerDisconnectedException;
import dev.jawait.testing.ScriptedConnection;
import dev.jawait.testing.ScriptedServer;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest extends TransportFixture {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";

    /** Sends {@code response} to the first request and ends the connection. */
    private static ScriptedServer once(String response) throws Exception {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(response);
            connection.halfClose();
            connection.awaitClose();
        });
    }

    private void assertBody(String expected, String response) throws Exception {
        try (ScriptedServer server = once(response)) {
            assertEquals(expected, get(server).body());
        }
    }

    private void assertFails(Class<? extends Throwable> expected, String response) throws Exception {
        try (ScriptedServer server = once(response)) {
            assertInstanceOf(expected, get(server).failure());
            server.awaitNoConnections();
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() throws Exception {
        assertBody("to the end", "HTTP/1.1 200 OK\r\n\r\nto the end");
    }

    @Test
    void chunksWithExtensionsAndTrailersAreRead() throws Exception {
        assertBody("hello world", CHUNKED + "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nTrailer-Field: x\r\n\r\n");
    }

    @Test
    void interimResponsesAreSkipped() throws Exception {
        assertBody(
                "ok",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ScriptedServer.ok("ok"));
    }

    @Test
    void headersKeepOrderAndRepetitions() throws Exception {
        try (ScriptedServer server = once(
                "HTTP/1.1 404 Not here\r\nSet-Cookie: a=1\r\nX: y\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n")) {
            WireResponse head = get(server).head();
            assertEquals(404, head.status());
            assertEquals("Not here", head.reason());
            assertEquals(List.of("a=1", "b=2"), head.headers().all("set-cookie"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aStatusWithoutBodyNeverWaitsForOne(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 " + status
                + " X\r\nContent-Length: 5\r\nTransfer-Encoding: identity\r\n\r\n"
                        .replace("Transfer-Encoding: identity\r\n", ""))) {
            assertEquals("", get(server).body());
            assertEquals("", get(server).body());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void headNeverWaitsForABody() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")) {
            assertEquals("", send(request("HEAD", server, "/", null)).body());
            assertEquals("", send(request("HEAD", server, "/", null)).body());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void equalContentLengthsAreOne() throws Exception {
        assertBody("ok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 99999999999 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2, 3\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n A: b\r\nContent-Length: 0\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\nA: b\r\n\tc\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"
            })
    void aMalformedHeadIsAnError(String response) throws Exception {
        assertFails(ClientResponseException.class, response);
    }

    @Test
    void aFoldThatComesInItsOwnPacketIsAnErrorToo() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            for (String part : List.of("HTTP/1.1 200 OK\r\n", "A: b\r\n", " c\r\n", "Content-Length: 0\r\n\r\n")) {
                connection.send(part);
                connection.socket().setTcpNoDelay(true);
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
            }
            connection.awaitClose();
        })) {
            assertInstanceOf(ClientResponseException.class, get(server).failure());
        }
    }

    @Test
    void emptyLinesBeforeAHeadAreSkipped() throws Exception {
        assertBody("ok", "\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nok");
    }

    @Test
    void headsBeyondTheLimitsAreErrors() throws Exception {
        String start = "HTTP/1.1 200 OK\r\n";
        assertFails(ClientResponseException.class, start + "A: " + "x".repeat(8191) + "\r\n\r\n");
        assertFails(ClientResponseException.class, start + "A: x\r\n".repeat(129) + "\r\n");
        assertFails(ClientResponseException.class, "HTTP/1.1 200 " + "x".repeat(8192) + "\r\n\r\n");
        assertBody("", start + "A: x\r\n".repeat(127) + "Content-Length: 0\r\n\r\n");
        assertBody("", start + "A: " + "x".repeat(8000) + "\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n",
                "5\r\nhello\r\n0\r\n",
                "5\r\nhel",
                "5\r\nhelloXX0\r\n\r\n",
                "x\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFFFF\r\nhello",
                "5\nhello\r\n0\r\n\r\n"
            })
    void aChunkedBodyThatIsCutOrMalformedIsAnError(String chunks) throws Exception {
        assertFails(ClientPayloadException.class, CHUNKED + chunks);
    }

    @Test
    void aShortBodyIsAnErrorAfterWhatCameOfIt() throws Exception {
        try (ScriptedServer server = once("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) {
            Recorder recorder = get(server);
            assertInstanceOf(ClientPayloadException.class, recorder.failure());
            assertEquals(List.of("half"), recorder.pieces);
            assertEquals(200, recorder.head().status());
        }
    }

    @Test
    void aResetWithinABodyWithoutLengthIsAnError() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n\r\nhalf");
            connection.stall();
            connection.reset();
        })) {
            Recorder recorder = get(server);
            recorder.head();
            server.release();
            assertInstanceOf(ClientPayloadException.class, recorder.failure());
        }
    }

    @Test
    void anEndWithinTheHeadIsADisconnect() throws Exception {
        assertFails(ServerDisconnectedException.class, "HTTP/1.1 200 OK\r\nA: b\r\n");
        assertFails(ServerDisconnectedException.class, "HTTP/1.");
        assertFails(ServerDisconnectedException.class, "");
    }

    @Test
    void aResponseByteByByteIsRead() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.socket().setTcpNoDelay(true);
            for (byte one : (CHUNKED + "3\r\nabc\r\n2\r\nde\r\n0\r\nT: u\r\n\r\n").getBytes()) {
                connection.send(new byte[] {one});
            }
            connection.awaitClose();
        })) {
            assertEquals("abcde", get(server).body());
        }
    }

    // ---- Requests

    @Test
    void theRequestOnTheWireIsWhatWasMeant() throws Exception {
        List<ScriptedConnection.Request> requests = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            ScriptedConnection.Request request;
            while ((request = connection.readRequest()) != null) {
                requests.add(request);
                connection.send(ScriptedServer.ok(""));
            }
        })) {
            send(request("GET", server, "/a?b=c", null)).body();
            post(server, "body".getBytes()).body();
            send(request("POST", server, "/", null)).body();
            byte[] large = new byte[3_000_000];
            post(server, large).body();
            assertEquals(
                    "GET /a?b=c HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n",
                    requests.get(0).head());
            assertEquals("body", requests.get(1).text());
            assertEquals("0", requests.get(2).headers().get("content-length"));
            assertEquals(large.length, requests.get(3).body().length);
            assertEquals(1, server.connections());
        }
    }

    /** Case 69. */
    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nX: y", "", "G T", "GÉT", "GET\0"})
    void aBadMethodIsRefused(String method) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok(""))) {
            Recorder recorder = send(request(method, server, "/", null));
            assertInstanceOf(ClientException.class, recorder.failure());
            assertTrue(!recorder.heardWhileSending);
            assertEquals(0, server.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x\r\nInj: 1", "", "/a b", "/é", "/\0", "/\u010a"})
    void aBadTargetIsRefused(String target) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok(""))) {
            assertInstanceOf(
                    InvalidUrlException.class,
                    send(request("GET", server, target, null)).failure());
            assertEquals(0, server.connections());
        }
    }

    /** Case 69. */
    @ParameterizedTest
    @ValueSource(strings = {"A:x\r\nB: y", "A:x\0", "A:x\n", "A:\u010a", "A B:x", ":x", "A\r:x", "Content-Length:3"})
    void aBadHeaderIsRefused(String field) throws Exception {
        int colon = field.indexOf(':');
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add(field.substring(0, colon), field.substring(colon + 1));
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok(""))) {
            Origin origin = new Origin(false, "localhost", server.port());
            assertInstanceOf(
                    ClientException.class,
                    send(request("GET", origin, "/", headers, null)).failure());
            assertEquals(0, server.connections());
        }
    }

    @Test
    void aResponseThatComesBeforeTheRequestIsSentIsDelivered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 413 Too large\r\nContent-Length: 2\r\n\r\nno");
            connection.stall();
        })) {
            Recorder recorder = post(server, new byte[20_000_000]);
            assertEquals(413, recorder.head().status());
            assertEquals("no", recorder.body());
            assertEquals(0, transport().stats().open());
        }
    }

    @Test
    void aResponseIsDeliveredEvenIfTheServerThenResetsTheUpload() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 413 Too large\r\nContent-Length: 2\r\n\r\nno");
        })) {
            Recorder recorder = post(server, new byte[20_000_000]);
            assertEquals(413, recorder.head().status());
            assertEquals("no", recorder.body());
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.ScriptedServer;
import dev.jawait.testing.Waiting;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, framing and limits as aiohttp's own tests have them. */
class BodyCasesTest extends SessionFixture {
    /** Sends {@code response} to the first request of a connection and closes it. */
    private static ScriptedServer once(String response) throws IOException {
        return ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(response);
        });
    }

    /**
     * Case 59, {@code test_bad_payload_chunked_encoding}; case 60, {@code test_bad_payload_content_length}; case 62,
     * {@code test_bad_payload_compression}: the head can be read, the body cannot.
     */
    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, 9zz",
        "Transfer-Encoding: chunked, 5",
        "Content-Length: 1000, text",
        "Content-Encoding: gzip, plain text"
    })
    void aMalformedBodyIsAnErrorOfTheBodyAlone(String field, String body) throws Exception {
        try (ScriptedServer server = once("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n" + body + "\r\n")) {
            run(session.get(server.url("/")).use(response -> {
                assertEquals(200, response.status());
                assertThrows(ClientPayloadException.class, () -> await(response.bytes()));
                return null;
            }));
        }
        Waiting.until("closed", () -> session.connector().stats().open() == 0);
    }

    /** Case 61, {@code test_payload_content_length_by_chunks}. */
    @Test
    void whatIsBeyondTheContentLengthIsCutOff() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nanswer + ");
            connection.awaitClose();
        })) {
            assertEquals("answ", run(session.get(server.url("/")).text()));
            server.awaitNoConnections();
        }
    }

    /** Case 64: the peer closes before any response. */
    @Test
    void aServerThatClosesWithoutAnAnswerHasDisconnected() throws IOException {
        try (ScriptedServer server = once("")) {
            assertThrows(
                    ServerDisconnectedException.class,
                    () -> run(session.get(server.url("/")).text()));
        }
    }

    /**
     * Case 65: {@code test_max_field_size_session_default_fail}, {@code test_max_headers_session_default_fail},
     * {@code test_max_line_size_session_default_fail}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"field", "headers", "line"})
    void aHeadThatIsTooLargeIsAnError(String which) throws IOException {
        String reason = which.equals("line") ? "x".repeat(8192) : "OK";
        String fields = which.equals("field") ? "Custom: " + "x".repeat(8191) + "\r\n" : "";
        String more = which.equals("headers") ? "Custom: x\r\n".repeat(129) : "";
        try (ScriptedServer server = once("HTTP/1.1 200 " + reason + "\r\n" + fields + more + "\r\n")) {
            ClientResponseException error = assertThrows(
                    ClientResponseException.class,
                    () -> run(session.get(server.url("/")).text()));
            assertTrue(error.getMessage().length() < 1000, error.getMessage());
        }
        assertEquals(0, session.connector().stats().open());
    }

    /** Case 66, {@code test_no_error_on_conn_close_if_eof}. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 2\r\n\r\nok", "\r\nok", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
            })
    void aCloseAfterTheEndIsNoError(String rest) throws Exception {
        try (ScriptedServer server = once("HTTP/1.1 200 OK\r\n" + rest)) {
            run(session.get(server.url("/")).use(response -> {
                assertEquals(2, await(response.body().readExactly(2)).length);
                server.awaitNoConnections();
                assertEquals("", await(response.text()));
                return null;
            }));
        }
    }

    /** Case 68, {@code test_read_after_catch_raise_for_status}. */
    @Test
    void theBodyOfAnErrorCanBeReadInside() throws IOException {
        try (ScriptedServer server = once("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\ngone")) {
            String text = run(session.get(server.url("/")).use(response -> {
                assertThrows(ClientResponseException.class, response::raiseForStatus);
                return await(response.text());
            }));
            assertEquals("gone", text);
        }
    }

    /** Case 68, {@code test_read_after_raise_outside_context}. */
    @Test
    void theBodyOfAnErrorCannotBeReadOutside() throws IOException {
        ClientResponse[] leaked = new ClientResponse[1];
        try (ScriptedServer server = once("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\ngone")) {
            assertThrows(
                    ClientResponseException.class,
                    () -> run(session.get(server.url("/")).use(response -> {
                        leaked[0] = response;
                        return response.raiseForStatus();
                    })));
            assertThrows(ClientConnectionException.class, () -> run(leaked[0].text()));
            assertThrows(
                    ClientConnectionException.class, () -> run(leaked[0].body().readLine()));
        }
    }

    /** Case 25, {@code test_exception_when_read_outside_of_session}. */
    @Test
    void aBodyIsNotReadOnceTheSessionIsClosed() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx");
            connection.awaitClose();
        })) {
            ClientResponse response = run(session.get(server.url("/")));
            session.close();
            assertThrows(ClientConnectionException.class, () -> run(response.bytes()));
        }
    }

    /**
     * Case 72: {@code test_HTTP_304_WITH_BODY}, {@code test_no_payload_304_with_chunked_encoding},
     * {@code test_head_request_with_chunked_encoding}.
     */
    @ParameterizedTest
    @CsvSource({
        "GET, 304, Content-Length: 2, ok",
        "GET, 304, Transfer-Encoding: chunked, ",
        "GET, 204, Content-Length: 2, ",
        "HEAD, 200, Transfer-Encoding: chunked, ",
        "HEAD, 200, Content-Length: 1000, "
    })
    void aResponseWithoutABodyIsNotWaitedFor(String method, int status, String field, String rest) throws IOException {
        String body = rest == null ? "" : rest;
        try (ScriptedServer server =
                ScriptedServer.answering("HTTP/1.1 " + status + " X\r\n" + field + "\r\n\r\n" + body)) {
            for (int i = 0; i < 2; i++) {
                run(session.request(method, server.url("/")).use(response -> {
                    assertEquals(status, response.status());
                    assertEquals("", await(response.text()));
                    return null;
                }));
            }
            assertEquals(body.isEmpty() ? 1 : 2, server.connections());
        }
    }
}

package dev.jawait.http;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.AsyncFunction;
import dev.jawait.testing.NothingLeft;
import dev.jawait.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response says of itself, and its body as text and JSON. */
@ExtendWith(NothingLeft.class)
@Timeout(30)
class ResponseTest {
    private ClientSession session;

    @BeforeEach
    void open() {
        session = ClientSession.create();
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** What {@code body} makes of a response with these header lines and bytes. */
    private <R extends @Nullable Object> R of(String fields, byte[] bytes, AsyncFunction<ClientResponse, R> body)
            throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n" + fields + "\r\n";
        response.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        response.writeBytes(bytes);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.readRequest();
            connection.send(response.toByteArray());
        })) {
            return run(session.get(server.url("/a/b?c")).<R>use(body));
        }
    }

    private <R extends @Nullable Object> R ofJson(String type, String json, AsyncFunction<ClientResponse, R> body)
            throws IOException {
        return of("Content-Type: " + type + "\r\n", json.getBytes(StandardCharsets.UTF_8), body);
    }

    @Test
    void theContentTypeIsGivenWithoutParameters() throws IOException {
        assertEquals("text/html", of("Content-Type: Text/HTML ; charset=x\r\n", new byte[0], r -> r.contentType()));
        assertEquals("application/octet-stream", of("", new byte[0], r -> r.contentType()));
        assertEquals("application/octet-stream", of("Content-Type: \r\n", new byte[0], r -> r.contentType()));
    }

    /** Case 71, {@code test_text_charset_resolver}: UTF-8 where the header is of no help. */
    @ParameterizedTest
    @CsvSource({
        "text/plain, UTF-8",
        "text/plain; charset=iso-8859-1, ISO-8859-1",
        "text/plain; charset=no-such-thing, UTF-8",
        "application/json, UTF-8",
        "application/json; charset=utf-16le, UTF-16LE"
    })
    void textIsInTheCharsetOfTheContentType(String type, String charset) throws IOException {
        byte[] bytes = "\u00e9\u00fc".getBytes(Charset.forName(charset));
        assertEquals("\u00e9\u00fc", of("Content-Type: " + type + "\r\n", bytes, r -> await(r.text())));
        assertEquals(
                charset,
                of("Content-Type: " + type + "\r\n", bytes, r -> r.charset().name()));
    }

    @Test
    void aGivenCharsetCountsMoreThanThatOfTheContentType() throws IOException {
        byte[] bytes = "\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        String fields = "Content-Type: text/plain; charset=utf-8\r\n";
        assertEquals("\u00e9", of(fields, bytes, r -> await(r.text(StandardCharsets.ISO_8859_1))));
        assertEquals("\ufffd", of(fields, bytes, r -> await(r.text())));
    }

    /** Case 71, {@code test_json_invalid_content_type}. */
    @Test
    void jsonOfAnotherContentTypeIsAnErrorUnlessItIsAllowed() throws IOException {
        ContentTypeException error = assertThrows(
                ContentTypeException.class, () -> ofJson("text/plain", "[1]", r -> await(r.json(List.class))));
        assertTrue(error.getMessage().contains("text/plain"), error.getMessage());
        assertTrue(error.getMessage().contains("json(type, \"*/*\") takes any"), error.getMessage());
        for (String allowed : List.of("text/plain", "Text/Plain", "text/*", "*/*")) {
            assertEquals(List.of(1), ofJson("text/plain", "[1]", r -> await(r.json(List.class, allowed))));
        }
        assertEquals(List.of(1), ofJson("application/a+json", "[1]", r -> await(r.json(List.class, "text/x"))));
        for (String other : List.of("text/html", "image/*", "text/", "")) {
            assertThrows(
                    ContentTypeException.class,
                    () -> ofJson("text/plain", "[1]", r -> await(r.json(List.class, other))));
        }
    }

    /** Case 71, {@code test_json_no_content}. */
    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t"})
    void jsonOfAnEmptyBodyIsNull(String body) throws IOException {
        assertNull(ofJson("application/json", body, r -> await(r.json(Map.class))));
    }

    @Test
    void jsonInAnotherCharsetIsRead() throws IOException {
        byte[] bytes = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                Map.of("a", "\u00e9"),
                of("Content-Type: application/json; charset=latin1\r\n", bytes, r -> await(r.json(Map.class))));
    }

    @Test
    void malformedJsonIsAnError() {
        assertThrows(
                IllegalArgumentException.class, () -> ofJson("application/json", "{", r -> await(r.json(Map.class))));
    }

    @Test
    void linksAreResolvedAndFoundByTheirRelation() throws IOException {
        of("Link: <c?page=2>; rel=\"next last\"\r\nLink: </>; rel=First, <http://o/>\r\n", new byte[0], response -> {
            assertEquals(3, response.links().size());
            String base = response.url().resolve("/").toString();
            assertEquals(base + "a/c?page=2", response.link("Next").target().toString());
            assertEquals(base, response.link("first").target().toString());
            assertNull(response.link("prev"));
            return null;
        });
        assertEquals(List.of(), of("", new byte[0], ClientResponse::links));
    }

    @Test
    void theContentDispositionNamesAFile() throws IOException {
        ContentDisposition disposition = of(
                "Content-Disposition: attachment; filename=../a.txt\r\n",
                new byte[0],
                ClientResponse::contentDisposition);
        assertEquals("attachment", disposition.type());
        assertEquals("a.txt", disposition.filename());
        assertNull(of("", new byte[0], ClientResponse::contentDisposition));
        assertNull(of("Content-Disposition: =\r\n", new byte[0], ClientResponse::contentDisposition));
    }
}

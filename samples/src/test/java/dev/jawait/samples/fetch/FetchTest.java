package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jawait.samples.NoTaskLeft;
import dev.jawait.samples.server.SampleServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@ExtendWith(NoTaskLeft.class)
class FetchTest {
    private final SampleServer server = new SampleServer();
    private final DemoServer demo = new DemoServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        server.close();
        demo.close();
    }

    @Test
    void allAnswered() throws IOException {
        assertEquals(
                0, fetch("--urls", list(server.url("/slow"), server.url("/slow?status=404")), "--output", results()));
        assertEquals(List.of(200, 404), sorted("status"));
        assertTrue(out.toString().contains("2 answered, 0 failed"), out.toString());
        assertTrue(out.toString().contains("200: 1, 404: 1"), out.toString());
    }

    @Test
    void anObjectHasTheFieldsPromised() throws IOException {
        fetch("--urls", list(demo.url("/moved?times=2")), "--output", results());
        JsonNode page = objects().get(0);
        List<String> names = new ArrayList<>();
        page.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of("url", "status", "bytes", "elapsedMs", "error", "phase", "redirects", "reusedConnection"),
                names);
        assertAll(
                () -> assertEquals(200, page.get("status").intValue()),
                () -> assertEquals(2000, page.get("bytes").intValue()),
                () -> assertTrue(page.get("error").isNull()),
                () -> assertTrue(page.get("phase").isNull()),
                () -> assertEquals(2, page.get("redirects").intValue()),
                () -> assertTrue(page.get("reusedConnection").booleanValue()));
    }

    @Test
    void aStatusIsAFailureOnRequest() throws IOException {
        assertEquals(
                1, fetch("--urls", list(server.url("/slow?status=404")), "--raise-for-status", "--output", results()));
        assertEquals(404, objects().get(0).get("status").intValue());
        assertEquals("ClientResponseException", objects().get(0).get("error").textValue());
    }

    @Test
    void aLineThatIsNoUrlIsReportedAndTheRestIsFetched() throws IOException {
        String file = list("# comment", "not a url", server.url("/slow"));
        assertEquals(1, fetch("--urls", file, "--output", results()));
        assertTrue(err.toString().contains(file + ":2: "), err.toString());
        assertEquals(2, objects().size());
        assertTrue(out.toString().contains("1 answered, 1 failed"), out.toString());
    }

    @Test
    void aTimeOutNamesItsPhase() throws IOException {
        assertEquals(1, fetch("--urls", list(demo.url("/hang")), "--timeout", "1s", "--output", results()));
        assertEquals("ClientTimeoutException", objects().get(0).get("error").textValue());
        assertEquals("FIRST_BYTE", objects().get(0).get("phase").textValue());
        assertTrue(objects().get(0).get("status").isNull());
    }

    @Test
    void theFirstFailureCancelsTheRestOnRequest() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setExecutor(work -> new Thread(work).start());
        site.createContext("/hang", exchange -> asked.countDown());
        site.createContext("/fail", exchange -> failOnce(asked, exchange));
        site.start();
        try {
            String address = "http://127.0.0.1:" + site.getAddress().getPort();
            String file = list(address + "/hang", address + "/fail");
            assertEquals(1, fetch("--urls", file, "--fail-fast", "--raise-for-status", "--output", results()));
        } finally {
            site.stop(0);
        }
        assertEquals(
                List.of("CancelledException", "ClientResponseException"),
                objects().stream()
                        .map(page -> page.get("error").textValue())
                        .sorted()
                        .toList());
    }

    private static void failOnce(CountDownLatch asked, HttpExchange exchange) throws IOException {
        try (exchange) {
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            exchange.sendResponseHeaders(500, -1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void retriesWhatMayPass() throws IOException {
        String file = list(demo.url("/hang"));
        assertEquals(1, fetch("--urls", file, "--timeout", "100ms", "--retries", "2", "--output", results()));
        assertTrue(objects().get(0).get("elapsedMs").intValue() >= 600);
    }

    @Test
    void holdsTheLimits() throws IOException {
        List<String> urls = Collections.nCopies(40, server.url("/busy"));
        assertEquals(0, fetch("--urls", list(urls.toArray(String[]::new)), "--limit", "5"));
        assertTrue(server.mostAtOnce() <= 5 && server.connections() == 5, server.mostAtOnce() + " at once");
        assertTrue(out.toString().contains("5 opened, reused 35 times"), out.toString());
    }

    @Test
    void sendsTheMethodAndTheHeaders() throws IOException {
        fetch("--urls", list(server.url("/echo")), "--method", "DELETE", "--header", "X-A: b", "--output", results());
        assertEquals("DELETE ".length(), objects().get(0).get("bytes").intValue());
    }

    @Test
    void theDemonstrationHasFailuresAndSaysSo() throws IOException {
        Path report = directory.resolve("report.html");
        assertEquals(1, fetch("--output", results(), "--report", report.toString()));
        assertTrue(out.toString().contains("This was a demonstration"), out.toString());
        assertEquals(450, objects().size());
        assertTrue(Files.readString(report).contains("/hang?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--limit=0",
                "--limit=x",
                "--limit-per-host=-1",
                "--retries=-1",
                "--timeout=5",
                "--header=x",
                "--method=A B",
                "--urls=/no/such/file",
                "--output=/no/such/directory/file",
                "--nonsense",
                "argument"
            })
    void wrongUsage(String option) {
        assertEquals(2, fetch(option));
        assertTrue(err.toString().contains("Usage: fetch"), err.toString());
    }

    @Test
    void helpAndVersion() {
        assertEquals(0, fetch("--help"));
        assertTrue(out.toString().contains("--limit-per-host"), out.toString());
        assertEquals(0, fetch("--version"));
        assertTrue(out.toString().contains("fetch, Jawait 0"), out.toString());
    }

    private int fetch(String... options) {
        CommandLine command = Fetch.commandLine();
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(options);
    }

    private String list(String... lines) throws IOException {
        return Files.write(directory.resolve("urls.txt"), List.of(lines)).toString();
    }

    private String results() {
        return directory.resolve("results.jsonl").toString();
    }

    private List<JsonNode> objects() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<String> lines = Files.lines(Path.of(results()))) {
            for (String line : lines.toList()) {
                objects.add(mapper.readTree(line));
            }
        }
        return objects;
    }

    private List<Integer> sorted(String field) throws IOException {
        return objects().stream()
                .map(object -> object.get(field).intValue())
                .sorted()
                .toList();
    }
}

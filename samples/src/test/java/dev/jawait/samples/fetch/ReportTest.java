package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawait.http.InvalidUrlException;
import dev.jawait.http.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String EVIL = "http://a/</script><script>alert('1')</script><!--&\u2028\"\\";

    @TempDir
    Path directory;

    @Test
    void holdsThePagesAsData() throws IOException {
        JsonNode page = data(report(page("http://a/", null))).get("pages").get(0);
        assertEquals("[\"http://a/\",200,10,5,1000,null,null,1,true,0,0,20,5,20,970]", page.toString());
    }

    @Test
    void whatAUrlSaysStaysData() throws IOException {
        String html = report(page(EVIL, new InvalidUrlException(EVIL, null)));
        assertEquals(EVIL, data(html).get("pages").get(0).get(0).textValue());
        assertFalse(html.contains("<script>alert"));
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        String html = report();
        for (String reference : List.of("src=", "href=", "@import", "url(", "http:", "https:")) {
            assertFalse(html.contains(reference), reference);
        }
    }

    private String report(Fetched... pages) throws IOException {
        Path file = directory.resolve("report.html");
        Summary summary = new Summary();
        try (Report report = new Report(file, summary)) {
            List.of(pages).forEach(summary.andThen(report)::accept);
        }
        return Files.readString(file);
    }

    private static JsonNode data(String html) throws IOException {
        String start = "type=\"application/json\">";
        int from = html.indexOf(start) + start.length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }

    private static Fetched page(String url, RuntimeException error) {
        String name = error == null ? null : error.getClass().getSimpleName();
        Result result = new Result(url, 200, 10, 1, name, null, 1, true);
        List<Span> spans = List.of(new Span(Phase.POOL, 5, 25), new Span(Phase.FIRST_BYTE, 25, 995));
        return new Fetched(new UrlLine(1, url), result, error, 5, 1000, spans);
    }
}

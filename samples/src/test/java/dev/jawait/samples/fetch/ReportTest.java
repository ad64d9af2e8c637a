package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTest {
    private static final String EVIL = "http://a/</script><script>alert('1')</script><!--&\u2028\"\\";

    @TempDir
    Path directory;

    @Test
    void holdsThePagesAsData() throws IOException {
        JsonNode page =
                data(report(Reports.page("http://a/", 200, null))).get("pages").get(0);
        assertEquals("[\"http://a/\",200,10,5,1000,null,null,1,true,0,0,20,6,20,970]", page.toString());
    }

    @Test
    void whatAUrlSaysStaysData() throws IOException {
        String html = report(Reports.page(EVIL, 200, new InvalidUrlException(EVIL, null)));
        assertEquals(EVIL, data(html).get("pages").get(0).get(0).textValue());
        assertFalse(html.contains("<script>alert"));
    }

    @ParameterizedTest
    @EnumSource
    void everyPhaseHasAColourAndAName(Phase phase) throws IOException {
        String html = report();
        assertTrue(phase == Phase.TOTAL || html.contains("--" + phase + ": #"));
        assertTrue(html.contains(" " + phase + ": \""));
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        String html = report();
        for (String reference : List.of("src=", "href=", "@import", "url(", "http:", "https:")) {
            assertFalse(html.contains(reference), reference);
        }
    }

    private String report(Fetched... pages) throws IOException {
        return Files.readString(Reports.write(directory, pages));
    }

    private static JsonNode data(String html) throws IOException {
        String start = "type=\"application/json\">";
        int from = html.indexOf(start) + start.length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }
}

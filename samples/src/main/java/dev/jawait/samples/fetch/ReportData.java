package dev.jawait.samples.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.jawait.http.Phase;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** What the report's page is made from, as JSON; a page is an array, since there may be many. */
final class ReportData {
    private final JsonGenerator json;

    ReportData(JsonGenerator json) {
        this.json = json;
    }

    /** A generator whose output can stand in a script element, whatever is in it. */
    static JsonGenerator generator(Writer writer) throws IOException {
        return new JsonFactory()
                .createGenerator(writer)
                .setCharacterEscapes(new HtmlEscapes())
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    void write(Summary summary, List<Fetched> pages) throws IOException {
        json.writeStartObject();
        writeSummary(summary);
        json.writeArrayFieldStart("phases");
        for (Phase phase : Phase.values()) {
            json.writeString(phase.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pages");
        for (Fetched page : pages) {
            writePage(page);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSummary(Summary summary) throws IOException {
        json.writeNumberField("answered", summary.answered());
        json.writeNumberField("failed", summary.failures());
        json.writeNumberField("seconds", summary.seconds());
        json.writeNumberField("perSecond", summary.perSecond());
        json.writeNumberField("opened", summary.connections().opened());
        json.writeNumberField("reused", summary.connections().reused());
        json.writeBooleanField("interrupted", summary.wasInterrupted());
        json.writeObjectFieldStart("latency");
        for (Map.Entry<String, Double> latency :
                Map.of("p50", 50.0, "p90", 90.0, "p99", 99.0, "max", 100.0).entrySet()) {
            json.writeNumberField(latency.getKey(), summary.latency(latency.getValue()));
        }
        json.writeEndObject();
    }

    /** URL, status, bytes, start, duration, error, phase, redirects, reused, then phase, start and length of each span. */
    private void writePage(Fetched page) throws IOException {
        Result result = page.result();
        json.writeStartArray();
        json.writeString(result.url());
        json.writeNumber(result.status() == null ? 0 : result.status());
        json.writeNumber(result.bytes());
        json.writeNumber(page.start());
        json.writeNumber(page.micros());
        json.writeString(result.error());
        json.writeString(result.phase() == null ? null : result.phase().name());
        json.writeNumber(result.redirects());
        json.writeBoolean(result.reusedConnection());
        for (Span span : page.spans()) {
            json.writeNumber(span.phase().ordinal());
            json.writeNumber(span.start() - page.start());
            json.writeNumber(span.end() - span.start());
        }
        json.writeEndArray();
    }
}

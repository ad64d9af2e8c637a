package dev.jawait.samples.fetch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes, at the end, one HTML page that needs nothing else: the summary and a waterfall of all requests. */
final class Report implements Consumer<Fetched>, Closeable {
    private static final String DATA = "/*DATA*/null";
    private static final String TEXT = "<!--SUMMARY-->";

    private final Writer writer;
    private final Summary summary;
    private final List<Fetched> pages = new ArrayList<>();

    Report(Path file, Summary summary) throws IOException {
        this.writer = Files.newBufferedWriter(file);
        this.summary = summary;
    }

    @Override
    public void accept(Fetched page) {
        pages.add(page);
    }

    @Override
    public void close() throws IOException {
        try (writer) {
            String template = template();
            int data = template.indexOf(DATA);
            writer.write(template.substring(0, data).replace(TEXT, escaped(summary.toString())));
            try (JsonGenerator json = ReportData.generator(writer)) {
                new ReportData(json).write(summary, pages);
            }
            writer.write(template.substring(data + DATA.length()));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String template() throws IOException {
        try (InputStream template = Report.class.getResourceAsStream("report.html")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

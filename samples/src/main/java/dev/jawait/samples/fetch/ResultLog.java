package dev.jawait.samples.fetch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes one JSON object a line, and flushes each: what has come is in the file whatever happens next. */
final class ResultLog implements Consumer<Fetched>, Closeable {
    private final ObjectMapper json = new ObjectMapper();
    private final Writer writer;

    ResultLog(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    @Override
    public void accept(Fetched page) {
        try {
            writer.write(json.writeValueAsString(page.result()) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}

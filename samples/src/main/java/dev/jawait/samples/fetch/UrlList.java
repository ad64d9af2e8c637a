package dev.jawait.samples.fetch;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The input: one URL a line, read when it is asked for. Blank lines and those that begin with # are left out. */
final class UrlList implements Closeable {
    private final BufferedReader reader;
    private final OptionalLong size;

    UrlList(BufferedReader reader, OptionalLong size) {
        this.reader = reader;
        this.size = size;
    }

    /** Opens a file, or standard input for {@code -}. */
    static UrlList open(String file) throws IOException {
        if (file.equals("-")) {
            InputStreamReader stdin = new InputStreamReader(System.in, StandardCharsets.UTF_8);
            return new UrlList(new BufferedReader(stdin), OptionalLong.empty());
        }
        Path path = Path.of(file);
        return new UrlList(Files.newBufferedReader(path), count(path));
    }

    /** The lines that are left. */
    Stream<UrlLine> lines() {
        AtomicInteger number = new AtomicInteger();
        return reader.lines()
                .map(line -> new UrlLine(number.incrementAndGet(), line.strip()))
                .filter(line -> isUrl(line.url()));
    }

    /** How many there are, if that can be told without using them up. */
    OptionalLong size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static OptionalLong count(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return OptionalLong.of(
                    lines.map(String::strip).filter(UrlList::isUrl).count());
        }
    }

    private static boolean isUrl(String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }
}

package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog lists what there is, and each sample is short enough to be read and copied. */
class CatalogTest {
    private static final int MOST_LINES = 45;

    @Test
    void listsTheScenariosAndTheWeakPoints() throws IOException {
        Stream<String> numbers = Stream.concat(
                IntStream.rangeClosed(1, 23).mapToObj(i -> String.format("S%02d", i)),
                IntStream.rangeClosed(1, 6).mapToObj(i -> "W" + i));
        assertEquals(
                numbers.toList(),
                Catalog.entries().stream().map(Catalog.Entry::number).toList());
    }

    @Test
    void listsEveryFile() throws IOException {
        List<Path> listed = Catalog.entries().stream()
                .flatMap(entry -> entry.sources().stream())
                .sorted()
                .toList();
        assertEquals(
                listed,
                Catalog.folders().stream().flatMap(CatalogTest::files).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("dev.jawait.samples.Catalog#entries")
    void saysWhatItShowsAndIsShort(Catalog.Entry sample) throws IOException {
        assertFalse(Catalog.golden(sample.number()).isEmpty(), "It prints nothing that a test knows");
        for (Path source : sample.sources()) {
            String text = Files.readString(source);
            assertTrue(text.contains("\n/** " + sample.number() + ": "), source + " does not begin with its number");
            long lines = text.lines().filter(CatalogTest::isCode).count();
            assertTrue(lines <= MOST_LINES, source + " has " + lines + " lines of code");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.jawait.samples.Catalog#entries")
    void futuresBlockAtTheEndAlone(Catalog.Entry sample) throws IOException {
        String text = Files.readString(sample.javaSources().get(1));
        assertFalse(text.matches("(?s).*(Async\\.(await|run);|\\.get\\(\\)).*"), "It blocks");
        assertEquals(2, text.split("\\.join\\(\\)", -1).length, "It joins once");
    }

    private static boolean isCode(String line) {
        return !line.isBlank() && !line.matches("(package|import) .*|\\s*(/\\*\\*|\\*|//).*");
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

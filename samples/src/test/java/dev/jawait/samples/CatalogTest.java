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

/** The catalog lists what there is, and each scenario is short enough to be read at a glance. */
class CatalogTest {
    private static final int MOST_LINES = 45;

    @Test
    void listsTheScenariosAndTheWeakPoints() throws IOException {
        Stream<String> numbers = Stream.concat(
                IntStream.rangeClosed(1, 23).mapToObj(i -> String.format("S%02d", i)),
                IntStream.rangeClosed(1, 6).mapToObj(i -> "W" + i));
        assertEquals(
                numbers.toList(),
                Catalog.scenarios().stream().map(Catalog.Entry::number).toList());
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
        String number = sample.number();
        List<String> printed = sample.isRecipe() ? Catalog.linesOf(number) : Catalog.golden(number);
        assertFalse(printed.isEmpty(), "It prints nothing that a test knows");
        for (Path source : sample.sources()) {
            String text = Files.readString(source);
            String first = "\n/** " + (sample.isRecipe() ? "" : number + ": ");
            assertTrue(text.contains(first), source + " does not say what it shows");
            long lines = text.lines().filter(CatalogTest::isCode).count();
            assertTrue(sample.isRecipe() || lines <= MOST_LINES, source + " has " + lines + " lines of code");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.jawait.samples.Catalog#entries")
    void futuresBlockAtTheEndAlone(Catalog.Entry sample) throws IOException {
        String text = Files.readString(sample.javaSources().get(1));
        assertFalse(text.matches("(?s).*(Async\\.(await|run);|\\.get\\(\\)(?!\\.toFuture)).*"), "It blocks");
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

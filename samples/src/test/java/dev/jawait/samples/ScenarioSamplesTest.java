package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the catalog, in every form, prints what asyncio and aiohttp printed. */
@ExtendWith(NoTaskLeft.class)
class ScenarioSamplesTest {
    private static final int TRIES = 4;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void printsTheGoldenLines(String number, String className) throws Exception {
        List<String> golden = golden(number);
        List<String> printed = printed(Class.forName(className));
        // The samples live in real time, in units of 100 ms: one that a busy machine held up may try again.
        for (int tries = 1; tries < TRIES && !printed.equals(golden); tries++) {
            printed = printed(Class.forName(className));
        }
        assertEquals(golden, printed);
    }

    static List<Arguments> samples() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("catalog.txt"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .filter(words -> words[0].matches("[A-Z]\\d+"))
                    .flatMap(words -> Stream.of("java.%s", "futures.%s", "kotlin.%sKt")
                            .map(form -> "dev.jawait.samples." + String.format(form, words[1]))
                            .map(className -> Arguments.of(words[0], className)))
                    .toList();
        }
    }

    private static List<String> golden(String number) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/golden.txt"))) {
            return lines.filter(line -> line.startsWith(number + " ")).toList();
        }
    }

    static List<String> printed(Class<?> program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

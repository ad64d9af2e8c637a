package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the catalog, in every form, prints what asyncio and aiohttp printed, or what it promises itself. */
@ExtendWith(NoTaskLeft.class)
class ScenarioSamplesTest {
    private static final int TRIES = 4;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void printsTheGoldenLines(String number, String className) throws Exception {
        List<String> golden = Catalog.golden(number);
        List<String> printed = printed(Class.forName(className));
        // The samples live in real time, in units of 100 ms: one that a busy machine held up may try again.
        for (int tries = 1; tries < TRIES && !printed.equals(golden); tries++) {
            printed = printed(Class.forName(className));
        }
        assertEquals(golden, printed);
    }

    static List<Arguments> samples() throws IOException {
        return Catalog.scenarios().stream()
                .flatMap(entry -> entry.classNames().stream().map(name -> Arguments.of(entry.number(), name)))
                .toList();
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

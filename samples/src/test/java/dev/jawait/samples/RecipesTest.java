package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe of the catalog, in every form, prints its lines. */
@ExtendWith(NoTaskLeft.class)
class RecipesTest {
    /** The one with a deadline for answers that do come: where a busy machine held those up, it may try again. */
    private static final String TIMED = "fan-out";

    private static final int TRIES = 4;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("recipes")
    @Timeout(60)
    void printsItsLines(String name, String className) throws Exception {
        List<String> expected = expected(name);
        List<String> printed = ScenarioSamplesTest.printed(Class.forName(className));
        for (int tries = 1; name.equals(TIMED) && tries < TRIES && !printed.equals(expected); tries++) {
            printed = ScenarioSamplesTest.printed(Class.forName(className));
        }
        assertEquals(expected, printed);
    }

    static List<Arguments> recipes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("catalog.txt"))) {
            return lines.map(line -> line.split("\\s+"))
                    .filter(words -> words[0].matches("[a-z-]+") && isHere(words[1]))
                    .flatMap(words -> Stream.of("java.%s", "futures.%s", "kotlin.%sKt")
                            .map(form -> "dev.jawait.samples." + String.format(form, words[1]))
                            .map(className -> Arguments.of(words[0], className)))
                    .toList();
        }
    }

    /** Those with other libraries are in a module, and a test, of their own. */
    private static boolean isHere(String program) {
        return !Files.exists(Path.of("integrations/src/main/java/dev/jawait/samples/java/" + program + ".java"));
    }

    /** What stands under the recipe's name, up to the next one. */
    private static List<String> expected(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/recipes.txt"))) {
            return lines.dropWhile(line -> !line.equals("== " + name))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("== "))
                    .toList();
        }
    }
}

package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
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
        List<String> expected = Catalog.linesOf(name);
        List<String> printed = ScenarioSamplesTest.printed(Class.forName(className));
        for (int tries = 1; name.equals(TIMED) && tries < TRIES && !printed.equals(expected); tries++) {
            printed = ScenarioSamplesTest.printed(Class.forName(className));
        }
        assertEquals(expected, printed);
    }

    static List<Arguments> recipes() throws IOException {
        return Catalog.recipes().stream()
                .flatMap(entry -> entry.classNames().stream().map(name -> Arguments.of(entry.number(), name)))
                .toList();
    }
}

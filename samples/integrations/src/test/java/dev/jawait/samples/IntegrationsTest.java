package dev.jawait.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe with another library, in every form, prints its lines. */
class IntegrationsTest {
    /** Those whose service waits for 20 requests, but not for ever: where a busy machine held one up, they may try again. */
    private static final Set<String> TIMED = Set.of("servlet", "spring-mvc");

    private static final int TRIES = 4;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("recipes")
    @Timeout(120)
    void printsItsLines(String name, String className) throws Exception {
        List<String> expected = expected(name);
        List<String> printed = printed(Class.forName(className));
        for (int tries = 1; TIMED.contains(name) && tries < TRIES && !printed.equals(expected); tries++) {
            printed = printed(Class.forName(className));
        }
        assertEquals(expected, printed);
    }

    static List<Arguments> recipes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("../catalog.txt"))) {
            return lines.map(line -> line.split("\\s+"))
                    .filter(words -> isHere(words[1]))
                    .flatMap(words -> Stream.of("java.%s", "futures.%s", "kotlin.%sKt")
                            .map(form -> "dev.jawait.samples." + String.format(form, words[1]))
                            .map(className -> Arguments.of(words[0], className)))
                    .toList();
        }
    }

    private static boolean isHere(String program) {
        return Files.exists(Path.of("src/main/java/dev/jawait/samples/java/" + program + ".java"));
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

    private static List<String> printed(Class<?> program) throws Exception {
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

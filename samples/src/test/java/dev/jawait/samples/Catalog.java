package dev.jawait.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code catalog.txt} lists, where its sources are, and what each sample prints. */
public final class Catalog {
    private static final Path JAVA = Path.of("src/main/java/dev/jawait/samples");
    private static final Path KOTLIN = Path.of("src/main/kotlin/dev/jawait/samples");

    private static final Path INTEGRATIONS =
            Path.of("integrations").resolve(JAVA).resolve("java");

    private Catalog() {}

    /** The small server that the samples use. */
    public static final Path SERVER = JAVA.resolve("server/SampleServer.java");

    /** A sample, by its number, or name, and the name of its files. */
    public record Entry(String number, String program) {
        public boolean isRecipe() {
            return Character.isLowerCase(number.charAt(0));
        }

        public List<Path> javaSources() {
            return List.of(JAVA.resolve("java/" + program + ".java"), JAVA.resolve("futures/" + program + ".java"));
        }

        public Path kotlinSource() {
            return KOTLIN.resolve("kotlin/" + program + ".kt");
        }

        public List<Path> sources() {
            return Stream.concat(javaSources().stream(), Stream.of(kotlinSource()))
                    .toList();
        }

        public List<String> classNames() {
            return sources().stream().map(Catalog::className).toList();
        }
    }

    /** All that are in this module. */
    public static List<Entry> entries() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("catalog.txt"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .map(words -> new Entry(words[0], words[1]))
                    .filter(entry -> !Files.exists(INTEGRATIONS.resolve(entry.program() + ".java")))
                    .toList();
        }
    }

    /** What has a number: the scenarios, and the weak points of asyncio. */
    public static List<Entry> scenarios() throws IOException {
        return entries().stream().filter(entry -> !entry.isRecipe()).toList();
    }

    public static List<Entry> recipes() throws IOException {
        return entries().stream().filter(Entry::isRecipe).toList();
    }

    /** The folders of the three forms. */
    static List<Path> folders() {
        return List.of(JAVA.resolve("java"), JAVA.resolve("futures"), KOTLIN.resolve("kotlin"));
    }

    /** The class with the {@code main} of a source. */
    public static String className(Path source) {
        String name = source.getFileName().toString();
        String file = name.endsWith(".kt") ? name.replace(".kt", "Kt") : name.replace(".java", "");
        return "dev.jawait.samples." + source.getParent().getFileName() + "." + file;
    }

    /** What asyncio and aiohttp printed, or, where they have nothing like it, what the sample promises itself. */
    public static List<String> golden(String number) throws IOException {
        try (Stream<String> asyncio = Files.lines(Path.of("src/test/resources/golden.txt"));
                Stream<String> own = Files.lines(Path.of("src/test/resources/own.txt"))) {
            return Stream.concat(asyncio, own)
                    .filter(line -> line.startsWith(number + " "))
                    .toList();
        }
    }

    /** What a recipe prints. */
    public static List<String> linesOf(String recipe) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/recipes.txt"))) {
            return lines.dropWhile(line -> !line.equals("== " + recipe))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("== "))
                    .toList();
        }
    }
}

package dev.jawait.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A program of {@code dev.jawait.samples.docs}. What is shown of it is what stands between the comments {@code begin} and
 * {@code end}, or the whole file without its package. One without a {@code main} is a test, which runs with the others.
 */
record Program(Path file) {
    private static final String PACKAGE = "dev.jawait.samples.docs";

    static Program named(String name) {
        return new Program(directory(name.endsWith(".kt") ? "kotlin" : "java").resolve(name));
    }

    /** The names of all. */
    static Set<String> all() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String language : List.of("java", "kotlin")) {
            try (Stream<Path> files = Files.list(directory(language))) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        return names;
    }

    private static Path directory(String language) {
        return Path.of("src/test", language, PACKAGE.replace('.', '/'));
    }

    List<String> shown() throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> marks = lines.stream().map(String::trim).toList();
        int begin = marks.indexOf("// begin");
        List<String> shown = begin < 0 ? withoutPackage(lines) : lines.subList(begin + 1, marks.indexOf("// end"));
        return String.join("\n", shown).stripIndent().lines().toList();
    }

    private static List<String> withoutPackage(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> line.isEmpty() || line.startsWith("package "))
                .toList();
    }

    /** What it prints; nothing if it prints nothing, or is a test. */
    Optional<String> printed(String[] arguments) throws Exception {
        if (!Files.readString(file).contains(" main(")) {
            return Optional.empty();
        }
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            main().invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8)).filter(output -> !output.isEmpty());
    }

    private Method main() throws ReflectiveOperationException {
        String name = file.getFileName().toString().replace(".java", "").replace(".kt", "Kt");
        return Class.forName(PACKAGE + "." + name).getMethod("main", String[].class);
    }
}

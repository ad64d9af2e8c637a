package dev.jawait.samples.copied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.samples.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every sample, copied with {@code SampleServer} into an empty project with the dependencies of the README, runs. */
class CopiedSamplesCheck {
    private static final Path TARGET = Path.of("target/copied");
    private static Path repository = TARGET;

    @BeforeAll
    static void makeRepository() throws IOException {
        repository = Repository.create(TARGET.resolve("repository"));
    }

    @Test
    void javaAlone() throws Exception {
        run("java", Pom.ofJavaUser(), sample -> sample.javaSources().stream());
    }

    @Test
    void kotlinAlone() throws Exception {
        run("kotlin", Pom.ofKotlinUser(), sample -> Stream.of(sample.kotlinSource()));
    }

    @Test
    void bothTogether() throws Exception {
        run("mixed", Pom.ofKotlinUser(), sample -> sample.sources().stream());
    }

    private static void run(String name, String pom, Function<Catalog.Entry, Stream<Path>> sources) throws Exception {
        Project project = new Project(TARGET.resolve(name).toAbsolutePath(), pom);
        List<Path> samples = Catalog.entries().stream().flatMap(sources).toList();
        project.copy(Catalog.SERVER);
        for (Path sample : samples) {
            project.copy(sample);
        }
        project.build(repository);
        List<String> printed =
                project.run(samples.stream().map(Catalog::className).toList());
        // Which lines they are in detail, another test compares: here several run at once, and the units are too short.
        for (Catalog.Entry sample : Catalog.scenarios()) {
            String number = sample.number() + " ";
            assertEquals(
                    Catalog.golden(sample.number()).size()
                            * sources.apply(sample).count(),
                    printed.stream().filter(line -> line.startsWith(number)).count(),
                    "lines of " + number + "in " + name);
        }
        for (Catalog.Entry recipe : Catalog.recipes()) {
            assertTrue(printed.containsAll(Catalog.linesOf(recipe.number())), recipe.number() + " in " + name);
        }
    }
}

package dev.jawait.samples.copied;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A local repository of Maven with the jars of this build. All else in it are links into the one that this build uses: so
 * nothing is fetched twice, nothing has to be fetched offline, and that one gets no jars that nobody has released.
 */
final class Repository {
    private static final String VERSION = System.getProperty("jawait.version");

    private Repository() {}

    static Path create(Path directory) throws IOException {
        Path own = directory.resolve("dev/jawait");
        Directories.makeEmpty(directory);
        Files.createDirectories(own);
        Path shared = Path.of(System.getProperty("maven.repository"));
        link(shared, directory);
        link(shared.resolve("dev"), directory.resolve("dev"));
        install(own, "parent", Path.of(".."));
        install(own, "api", Path.of("../api"));
        install(own, "runtime", Path.of("../runtime"));
        return directory.toAbsolutePath();
    }

    /** Links to all that is in {@code from} and not in {@code to}. */
    private static void link(Path from, Path to) throws IOException {
        for (Path there : Files.isDirectory(from) ? Directories.list(from) : List.<Path>of()) {
            Path here = to.resolve(there.getFileName());
            if (!Files.exists(here)) {
                Files.createSymbolicLink(here, there.toAbsolutePath());
            }
        }
    }

    private static void install(Path group, String name, Path module) throws IOException {
        String file = "jawait-" + name + "-" + VERSION;
        Path directory = Files.createDirectories(group.resolve("jawait-" + name).resolve(VERSION));
        Files.copy(module.resolve("pom.xml"), directory.resolve(file + ".pom"));
        Path jar = module.resolve("target").resolve(file + ".jar");
        if (!name.equals("parent")) {
            Files.copy(jar, directory.resolve(file + ".jar"));
        }
    }
}

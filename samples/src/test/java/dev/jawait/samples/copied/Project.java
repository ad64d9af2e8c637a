package dev.jawait.samples.copied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An empty project into which samples are copied. Maven builds it, and one JVM runs all of them. */
final class Project {
    private static final long PATIENCE_MINUTES = 8;
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private final Path directory;

    Project(Path directory, String pom) throws IOException {
        this.directory = directory;
        Directories.makeEmpty(directory);
        Files.writeString(directory.resolve("pom.xml"), pom);
        Files.createDirectory(directory.resolve(".mvn")); // Maven shall not find that of this build.
    }

    /** Copies a source as it is, under {@code src/main/java} or {@code src/main/kotlin}. */
    void copy(Path source) throws IOException {
        Path copy = directory.resolve(source);
        Files.createDirectories(copy.getParent());
        Files.copy(source, copy);
    }

    /** Offline if that is enough: mostly all is there, and then it is quicker. */
    void build(Path repository) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-Dmaven.repo.local=" + repository,
                "-Dkotlin.compiler.daemon=false",
                "-Dmdep.outputFile=target/class.path",
                "-DincludeScope=runtime",
                "compile",
                "org.apache.maven.plugins:maven-dependency-plugin:" + System.getProperty("dependency-plugin.version")
                        + ":build-classpath"));
        Path log = directory.resolve("build.log");
        command.add("--offline");
        if (execute(command, log) != 0 && Files.readString(log).contains("offline mode")) {
            command.remove("--offline");
            execute(command, log);
        }
        assertTrue(Files.exists(directory.resolve("target/class.path")), () -> read(log));
    }

    /** What the mains of these classes print, after a line for each of them. */
    List<String> run(List<String> classNames) throws Exception {
        String classPath = String.join(
                System.getProperty("path.separator"),
                directory.resolve("target/classes").toString(),
                Files.readString(directory.resolve("target/class.path")).trim(),
                Path.of("target/test-classes").toAbsolutePath().toString());
        List<String> command = new ArrayList<>(
                List.of(JAVA_HOME.resolve("bin/java").toString(), "-cp", classPath, RunMains.class.getName()));
        command.addAll(classNames);
        Path log = directory.resolve("run.log");
        assertEquals(0, execute(command, log), () -> read(log));
        return Files.readAllLines(log);
    }

    private int execute(List<String> command, Path log) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), () -> "Does not end: " + read(log));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package dev.jawait.benchmarks;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that run other classes of these, with the same JDK; and what becomes of all that were started. */
public final class JavaProcess {
    private JavaProcess() {}

    /** What starts {@code main}. */
    public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Sees to it that whatever this process starts ends with it, also where a signal ends it. */
    public static void endAllWithThis() {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy), "end"));
    }

    /** Runs {@code main} to its end; results in the lines that it prints. */
    public static List<String> run(List<String> options, Class<?> main, List<String> arguments) throws Exception {
        Process process = new ProcessBuilder(command(options, main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            List<String> printed = lines.lines().toList();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(main.getName() + " ended with exit code " + process.exitValue());
            }
            return printed;
        } finally {
            process.destroy();
        }
    }
}

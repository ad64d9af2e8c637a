package dev.jawait.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** aiohttp, in a process of Python's. */
final class Aiohttp {
    private static final String PYTHON = "python3";
    private static final String PROGRAM = "aiohttp_client.py";

    private Aiohttp() {}

    private static final class Installed {
        static final boolean IS = isThere();

        private static boolean isThere() {
            try {
                Process process = new ProcessBuilder(PYTHON, "-c", "import aiohttp")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean found = process.waitFor() == 0;
                if (!found) {
                    System.err.println("aiohttp is left out: " + PYTHON + " does not find it (pip install aiohttp)");
                }
                return found;
            } catch (IOException error) {
                System.err.println("aiohttp is left out: " + error.getMessage());
                return false;
            } catch (InterruptedException error) {
                throw new IllegalStateException(error);
            }
        }
    }

    static boolean isInstalled() {
        return Installed.IS;
    }

    static List<String> command(Workload workload, Site site, Plan plan, List<String> urls) throws IOException {
        Path program = site.directory().resolve(PROGRAM);
        try (InputStream source = Objects.requireNonNull(Aiohttp.class.getResourceAsStream(PROGRAM))) {
            Files.copy(source, program, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                program.toString(),
                site.certificate().toString(),
                Double.toString(plan.warmUp()),
                Integer.toString(plan.rounds()),
                Double.toString(plan.seconds()),
                Integer.toString(workload.atOnce()),
                Integer.toString(workload.connections()),
                workload.reuse() ? "keep" : "close",
                Objects.requireNonNullElse(workload.body(), "")));
        command.addAll(urls);
        return command;
    }
}

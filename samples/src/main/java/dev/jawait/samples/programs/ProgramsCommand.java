package dev.jawait.samples.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options, the file, and what is told of it. */
@Command(
        name = "programs",
        mixinStandardHelpOptions = true,
        description = {
            "Runs programs over the combinators and compares what they do with what asyncio did.",
            "A line of FILE is a JSON object: {\"seed\": …, \"program\": …, \"trace\": [[ms, node, event], …]}."
        },
        footer = {"", "Exit code: 0 all the same, 1 some differ, 2 wrong usage or a line that is no program."})
final class ProgramsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the programs, one a line; - for standard input")
    private String file;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many run at once (default: ${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--real-time",
            description = "by the wall clock, on the shared runtime; otherwise on a clock that jumps")
    private boolean realTime;

    @Spec
    private CommandSpec spec;

    private int badLines;

    @Override
    public Integer call() throws IOException {
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs must be 1 or more: " + jobs);
        }
        List<Program> programs = read();
        List<Difference> differences =
                new Comparison(realTime ? Clock.REAL : Clock.VIRTUAL, jobs).differences(programs);
        PrintWriter out = spec.commandLine().getOut();
        differences.forEach(out::println);
        out.println(programs.size() + " programs, " + differences.size() + " differ");
        return differences.isEmpty() ? badLines == 0 ? 0 : 2 : 1;
    }

    private List<Program> read() throws IOException {
        List<Program> programs = new ArrayList<>();
        try (BufferedReader lines = open()) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    parse(line, number, programs);
                }
            }
        }
        return programs;
    }

    private void parse(String line, int number, List<Program> programs) {
        try {
            programs.add(Program.parse(line));
        } catch (IllegalArgumentException error) {
            badLines++;
            spec.commandLine()
                    .getErr()
                    .println((file.equals("-") ? "stdin" : file) + ":" + number + ": " + error.getMessage());
        }
    }

    private BufferedReader open() {
        if (file.equals("-")) {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        }
        try {
            return Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException error) {
            throw new ParameterException(spec.commandLine(), "Cannot open " + file + ": " + error);
        }
    }
}

package dev.jawait.benchmarks.growth;

import dev.jawait.benchmarks.JavaProcess;
import dev.jawait.benchmarks.http.RequestGrowth;
import dev.jawait.benchmarks.plot.LineTable;
import dev.jawait.benchmarks.plot.Plot;
import dev.jawait.benchmarks.tasks.TaskGrowth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what one of them costs when there are more and more, prints it, and draws it. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "Measures how the cost of a task grows with their number, and that of a request with the number of"
                        + " connections and hosts; and what a request takes that waits. Prints tables and draws plots.")
public final class Growth implements Callable<Integer> {
    enum Part {
        TASKS,
        CONNECTIONS,
        HOSTS,
        WAITING
    }

    /** So much that a million tasks are not copied while they live. */
    private static final List<String> LARGE_YOUNG_GENERATION =
            List.of("-XX:+UseParallelGC", "-Xms6g", "-Xmx6g", "-Xmn5g");

    @Option(names = "--output", description = "The directory to draw plots into; ${DEFAULT-VALUE}.")
    private Path output = Path.of("target", "growth");

    @Option(names = "--parts", split = ",", description = "What to measure: ${COMPLETION-CANDIDATES}; all if not said.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--tasks", split = ",", description = "How many tasks; ${DEFAULT-VALUE}.")
    private List<Integer> tasks = List.of(1000, 10_000, 100_000, 1_000_000);

    @Option(names = "--connections", split = ",", description = "How many connections; ${DEFAULT-VALUE}.")
    private List<Integer> connections = List.of(1, 10, 100, 1000, 10_000);

    @Option(names = "--hosts", split = ",", description = "How many hosts; ${DEFAULT-VALUE}.")
    private List<Integer> hosts = List.of(1, 10, 100, 1000, 10_000);

    @Option(names = "--waiting", description = "How many requests wait; ${DEFAULT-VALUE}.")
    private int waiting = 100_000;

    @Option(names = "--warm-up", description = "Seconds of requests before the first round; ${DEFAULT-VALUE}.")
    private double warmUp = 5;

    @Option(names = "--rounds", description = "How many rounds of requests; the median counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Seconds of a round; ${DEFAULT-VALUE}.")
    private double seconds = 2;

    private Growth() {}

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        JavaProcess.endAllWithThis();
        System.exit(new CommandLine(new Growth())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(output);
        System.out.printf(
                "Java %s, %d processors%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        if (parts.contains(Part.TASKS)) {
            measureTasks();
        }
        if (parts.stream().anyMatch(part -> part != Part.TASKS)) {
            try (RequestGrowth requests = RequestGrowth.start(warmUp, rounds, seconds)) {
                measureRequests(requests);
            }
        }
        return 0;
    }

    private void measureTasks() throws Exception {
        show("tasks", TaskGrowth.measure("Tasks that give way once; the JVM's own settings", List.of(), tasks));
        show(
                "tasks-large-young-generation",
                TaskGrowth.measure(
                        "Tasks that give way once; a young generation of 5 GB", LARGE_YOUNG_GENERATION, tasks));
    }

    private void measureRequests(RequestGrowth requests) throws Exception {
        if (parts.contains(Part.CONNECTIONS)) {
            show("connections", requests.connections(connections));
        }
        if (parts.contains(Part.HOSTS)) {
            show("hosts", requests.hosts(hosts));
        }
        if (parts.contains(Part.WAITING)) {
            System.out.printf("%n%s%n", requests.waiting(waiting));
        }
    }

    private void show(String name, RequestGrowth.Costs costs) throws IOException {
        show(name + "-cpu", costs.cpu());
        show(name + "-bytes", costs.bytes());
        System.out.print(LineTable.of("connections opened in all", costs.opened()));
    }

    private void show(String name, Plot plot) throws IOException {
        System.out.print(LineTable.of(plot.cost() + ", by " + plot.counted(), plot.lines()));
        Path file = Files.writeString(output.resolve(name + ".svg"), plot.svg());
        System.out.println("drawn into " + file);
    }
}

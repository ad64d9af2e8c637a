package dev.jawait.benchmarks.http;

import dev.jawait.benchmarks.JavaProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs clients at workloads, one after the other, and prints a table for each workload. */
@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description = "Measures HTTP clients side by side, each in its own JVM, against nginx on loopback"
                + " (apt-get install nginx-light), or a server on Netty where that is missing.")
public final class Throughput implements Callable<Integer> {
    @Option(names = "--clients", split = ",", description = "Which clients; all if not said: ${COMPLETION-CANDIDATES}")
    private List<Clients> clients = List.of(Clients.values());

    @Option(names = "--workloads", split = ",", description = "Which workloads; all if not said.")
    private List<String> workloads = Workload.ALL.stream().map(Workload::name).toList();

    @Option(names = "--warm-up", description = "Seconds before the first round; ${DEFAULT-VALUE}.")
    private double warmUp = 10;

    @Option(names = "--rounds", description = "How many rounds; the median counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Seconds of a round; ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(
            names = "--turns",
            description =
                    "How often each client is run, in turn with the others, in a new JVM each time: a JVM may compile"
                            + " better or worse, and a machine be slow for a while; ${DEFAULT-VALUE}.")
    private int turns = 1;

    private Throughput() {}

    public static void main(String[] args) {
        JavaProcess.endAllWithThis();
        System.exit(new CommandLine(new Throughput())
                .registerConverter(Clients.class, Clients::of)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Workload> asked = workloads.stream().map(Workload::of).toList();
        try (Site site = Site.start()) {
            System.out.printf(
                    "Java %s, %d processors; %d times %d rounds of %.1f s each after %.0f s%n",
                    Runtime.version(), Runtime.getRuntime().availableProcessors(), turns, rounds, seconds, warmUp);
            for (Workload workload : asked) {
                measure(workload, site);
            }
        }
        return 0;
    }

    private void measure(Workload workload, Site site) throws Exception {
        Map<Clients, ClientRun> runs = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (Clients client : clients) {
                if (client.does(workload)) {
                    ClientRun run = ClientRun.of(client, workload, site, new Plan(warmUp, rounds, seconds));
                    runs.merge(client, run, ClientRun::and);
                }
            }
        }
        System.out.print(ThroughputTable.of(workload, site.of(workload).name(), List.copyOf(runs.values())));
    }
}

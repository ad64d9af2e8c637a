package dev.jawait.benchmarks.http;

import dev.jawait.benchmarks.JavaProcess;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client at a workload, in a process of its own. */
record ClientRun(Clients client, Workload workload, List<Round> rounds, long connections) {
    /** How long a client may take, beside its rounds. */
    private static final long PATIENCE_SECONDS = 60;

    /** All of it is there from the beginning: to get it from the system bit by bit makes the first collections longer. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC");

    static ClientRun of(Clients client, Workload workload, Site site, Plan plan) throws Exception {
        Server server = site.of(workload);
        long before = server.accepted();
        String name = client.title() + " at " + workload.name();
        List<Round> rounds = rounds(name, command(client, workload, site, plan), plan);
        return new ClientRun(client, workload, rounds, server.accepted() - before);
    }

    /** This one's rounds and those of {@code other}. */
    ClientRun and(ClientRun other) {
        List<Round> all = new ArrayList<>(rounds);
        all.addAll(other.rounds);
        return new ClientRun(client, workload, all, Math.max(connections, other.connections));
    }

    private static List<Round> rounds(String name, List<String> command, Plan plan) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Round> rounds = new CopyOnWriteArrayList<>();
        Thread watch = new Thread(() -> endLate(name, process, rounds, plan), "watch");
        watch.setDaemon(true);
        watch.start();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines()
                    .filter(line -> line.startsWith("round "))
                    .map(Round::ofLine)
                    .forEach(rounds::add);
        }
        process.waitFor();
        return rounds;
    }

    private static void endLate(String name, Process process, List<Round> rounds, Plan plan) {
        try {
            double seconds = plan.warmUp() + plan.rounds() * plan.seconds() + PATIENCE_SECONDS;
            if (!process.waitFor((long) seconds, TimeUnit.SECONDS)) {
                System.err.printf(
                        "%s did not end in time, and is ended; %d of %d rounds were done%n",
                        name, rounds.size(), plan.rounds());
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Clients client, Workload workload, Site site, Plan plan) throws Exception {
        List<String> urls = workload.targets().stream()
                .map(target -> site.of(workload).url(target.host(), workload.tls(), target.path()))
                .toList();
        if (client == Clients.AIOHTTP) {
            return Aiohttp.command(workload, site, plan, urls);
        }
        List<String> arguments = new ArrayList<>(List.of(
                client.id(),
                workload.name(),
                site.certificate().toString(),
                Double.toString(plan.warmUp()),
                Integer.toString(plan.rounds()),
                Double.toString(plan.seconds())));
        arguments.addAll(urls);
        return JavaProcess.command(HEAP, ClientMain.class, arguments);
    }

    /** The median of what each round has of {@code value}; not a number if there was none. */
    double median(java.util.function.ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    boolean hasFailed() {
        return rounds.isEmpty() || rounds.stream().anyMatch(round -> round.failures() > 0);
    }
}

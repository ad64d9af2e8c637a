package dev.jawait.benchmarks.http;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.jawait.benchmarks.JavaProcess;
import dev.jawait.benchmarks.plot.Line;
import dev.jawait.benchmarks.plot.Plot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What a request costs, by how many connections, or hosts, there are; and what one does that waits. */
public final class RequestGrowth implements AutoCloseable {
    /** Files that a process has open beside its connections. */
    private static final int OTHER_FILES = 500;

    private final Site site;
    private final Plan plan;

    private RequestGrowth(Site site, Plan plan) {
        this.site = site;
        this.plan = plan;
    }

    /** Starts the servers. Seconds before the first round, rounds of which the median counts, and seconds of a round. */
    public static RequestGrowth start(double warmUp, int rounds, double seconds) throws Exception {
        return new RequestGrowth(Site.start(), new Plan(warmUp, rounds, seconds));
    }

    /**
     * What was measured.
     *
     * @param opened connections opened, warming up included
     */
    public record Costs(Plot cpu, Plot bytes, List<Line> opened) {}

    /** As many requests at once as there are connections; what that costs without a client, too. */
    public Costs connections(List<Integer> counts) throws Exception {
        return costs(
                "GET of 13 bytes, as many at once as connections",
                "connections",
                List.of(
                        measure("Jawait, gather", Clients.JAWAIT, "connections", counts),
                        measure("no client: the floor", Clients.FLOOR, "connections", counts)));
    }

    /** A hundred requests at once, to hosts in turn; with a hundred connections, and with enough to keep one for each host. */
    public Costs hosts(List<Integer> counts) throws Exception {
        return costs(
                "GET of 13 bytes, 100 at once, hosts in turn",
                "hosts",
                List.of(
                        measure("at most 100 connections", Clients.JAWAIT, "hosts", counts),
                        measure("one kept for each host", Clients.JAWAIT, "hosts-kept", counts)));
    }

    /** Three lines of the same runs. */
    private record Measured(Line cpu, Line bytes, Line opened) {
        Measured(String name) {
            this(new Line(name), new Line(name), new Line(name));
        }

        void add(int count, ClientRun run) {
            cpu.add(count, run.median(Round::cpuMicros));
            bytes.add(count, run.median(Round::bytes));
            opened.add(count, run.connections());
        }
    }

    private static Costs costs(String title, String counted, List<Measured> measured) {
        return new Costs(
                new Plot(
                        title,
                        counted,
                        "CPU µs for each request",
                        measured.stream().map(Measured::cpu).toList()),
                new Plot(
                        title,
                        counted,
                        "bytes for each request",
                        measured.stream().map(Measured::bytes).toList()),
                measured.stream().map(Measured::opened).toList());
    }

    private Measured measure(String name, Clients client, String workload, List<Integer> counts) throws Exception {
        Measured measured = new Measured(name);
        for (int count : counts) {
            Workload numbered = Workload.of(workload + "-" + count);
            if (isPossible(numbered)) {
                ClientRun run = ClientRun.of(client, numbered, site, plan);
                if (run.hasFailed()) {
                    throw new IllegalStateException("Requests failed at " + numbered.title());
                }
                measured.add(count, run);
            }
        }
        return measured;
    }

    private static boolean isPossible(Workload workload) {
        boolean possible = !(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
                || workload.connections() + OTHER_FILES <= system.getMaxFileDescriptorCount();
        if (!possible) {
            System.out.printf("Left out, a process may have too few files open (ulimit -n): %s%n", workload.title());
        }
        return possible;
    }

    /** Starts {@code count} requests of which one can be sent, and tells how much of the heap each takes that waits. */
    public String waiting(int count) throws Exception {
        return String.join(
                System.lineSeparator(),
                JavaProcess.run(
                        List.of("-Xmx2g", "-XX:+UseSerialGC"),
                        WaitingMain.class,
                        List.of(site.slow().url("127.0.0.1", false, "/delay/3600000"), Integer.toString(count))));
    }

    @Override
    public void close() throws IOException {
        site.close();
    }
}

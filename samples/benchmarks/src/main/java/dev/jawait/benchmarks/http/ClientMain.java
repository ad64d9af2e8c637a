package dev.jawait.benchmarks.http;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The process of one client: warms up, runs its rounds, and prints a line for each. */
final class ClientMain {
    private final Meter meter = new Meter();
    private final Workload workload;
    private final List<String> urls;
    private final Client client;

    private ClientMain(Workload workload, List<String> urls, Client client) {
        this.workload = workload;
        this.urls = urls;
        this.client = client;
    }

    /** Client, workload, certificate, seconds to warm up, rounds, seconds of a round, and URLs. */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Workload workload = Workload.of(args[1]);
        try (Client client = Clients.of(args[0]).make(new Settings(workload, Path.of(args[2])))) {
            List<String> urls = Arrays.asList(args).subList(6, args.length);
            ClientMain main = new ClientMain(workload, urls, client);
            main.round(Double.parseDouble(args[3]));
            // Else what lives for long would be copied until the seventh collection, which who allocates least reaches
            // last.
            System.gc();
            for (int round = 0; round < Integer.parseInt(args[4]); round++) {
                System.out.println(main.round(Double.parseDouble(args[5])).toLine());
            }
        }
        System.exit(0);
    }

    private Round round(double seconds) throws Exception {
        Recorder recorder = new Recorder();
        long cpu = meter.cpu();
        long allocated = meter.allocated();
        long start = System.nanoTime();
        client.run(new Job(workload, urls, start + (long) (seconds * 1e9)), recorder);
        long nanos = System.nanoTime() - start;
        Round round = Round.of(recorder, nanos, meter.cpu() - cpu, meter.allocated() - allocated);
        if (recorder.failures() > 0) {
            System.err.println(recorder.failures() + " requests failed, the first with " + recorder.firstFailure());
        }
        return round;
    }
}

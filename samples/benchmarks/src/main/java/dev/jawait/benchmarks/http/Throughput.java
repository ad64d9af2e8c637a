package dev.jawait.benchmarks.http;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    private Throughput() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Throughput())
                .registerConverter(Clients.class, Clients::of)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Workload> asked = workloads.stream().map(Workload::of).toList();
        Path directory = Files.createTempDirectory("throughput");
        certify(directory);
        try (Server slow = NettyServer.start(directory);
                Server nginx = Nginx.find().isPresent()
                        ? Nginx.start(Nginx.find().get(), directory)
                        : NettyServer.start(directory)) {
            System.out.printf(
                    "Java %s, %d processors; %d rounds of %.0f s each after %.0f s%n",
                    Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, seconds, warmUp);
            for (Workload workload : asked) {
                measure(workload, workload.delayed() ? slow : nginx, directory);
            }
        } finally {
            delete(directory);
        }
        return 0;
    }

    private void measure(Workload workload, Server server, Path directory) throws Exception {
        List<ClientRun> runs = new ArrayList<>();
        for (Clients client : clients) {
            runs.add(ClientRun.of(client, workload, server, directory, new Plan(warmUp, rounds, seconds)));
        }
        System.out.print(ThroughputTable.of(workload, server.name(), runs));
    }

    private static void certify(Path directory) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .rsa2048()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(directory.resolve("certificate.pem"), bundle.getCertificatePEM());
        Path key = Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
        permit(key, "rw-------");
        // The worker of an nginx that root has started is somebody else.
        permit(directory, "rwx--x--x");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

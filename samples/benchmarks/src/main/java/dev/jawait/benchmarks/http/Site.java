package dev.jawait.benchmarks.http;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The servers that clients are measured against, and the directory with what they need.
 *
 * @param fast nginx, where it is installed
 * @param slow answers when it is told to
 */
record Site(Path directory, Server fast, Server slow) implements AutoCloseable {
    static Site start() throws Exception {
        Path directory = Files.createTempDirectory("benchmarks");
        certify(directory);
        Server fast =
                Nginx.find().isPresent() ? Nginx.start(Nginx.find().get(), directory) : NettyServer.start(directory);
        try {
            return new Site(directory, fast, NettyServer.start(directory));
        } catch (Exception error) {
            fast.close();
            throw error;
        }
    }

    /** That of all servers, in PEM. */
    Path certificate() {
        return directory.resolve("certificate.pem");
    }

    Server of(Workload workload) {
        return workload.delayed() ? slow : fast;
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

    @Override
    public void close() throws IOException {
        fast.close();
        slow.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package dev.jawait.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, on loopback. */
final class Server implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern ACCEPTED = Pattern.compile("accepts handled requests\\s+(\\d+)");

    private final String name;
    private final Process process;
    private final int port;
    private final int tlsPort;
    private final HttpClient asking = HttpClient.newHttpClient();

    private Server(String name, Process process, int port, int tlsPort) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** Starts {@code command}, which listens on {@code port} and {@code tlsPort}; its output goes to a file. */
    static Server start(String name, Path directory, int port, int tlsPort, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        Server server = new Server(name, process, port, tlsPort);
        try {
            server.awaitListening(directory);
            return server;
        } catch (Exception error) {
            server.close();
            throw error;
        }
    }

    private void awaitListening(Path directory) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IllegalStateException(name + " does not listen; see " + directory.resolve(name + ".log"));
            }
            Thread.sleep(20);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tlsPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    String url(String host, boolean tls, String path) {
        return (tls ? "https" : "http") + "://" + host + ":" + (tls ? tlsPort : port) + path;
    }

    /** How many connections it has accepted, without those that asked. */
    long accepted() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("127.0.0.1", false, "/status")))
                .build();
        String status =
                asking.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher accepted = ACCEPTED.matcher(status);
        if (!accepted.find()) {
            throw new IllegalStateException(name + " tells no count of connections: " + status);
        }
        return Long.parseLong(accepted.group(1));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

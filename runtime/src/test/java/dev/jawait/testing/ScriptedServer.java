package dev.jawait.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback that does with each connection exactly what a script says, mistakes included.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(connection -> {
 *     connection.readRequest();
 *     connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
 * })) {
 *     … server.url("/") …
 * }
 * }</pre>
 *
 * A connection is closed when its script returns.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    /** What happens on one connection; runs on a thread of its own. */
    @FunctionalInterface
    public interface Script {
        void run(ScriptedConnection connection) throws Exception;
    }

    private final ServerSocket socket;
    private final Script script;
    private final boolean tls;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket socket, boolean tls, Script script) {
        this.socket = socket;
        this.tls = tls;
        this.script = script;
        daemon(this::accept);
    }

    /** A server on a free port. */
    public static ScriptedServer start(Script script) throws IOException {
        return new ScriptedServer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), false, script);
    }

    /** The same with TLS. */
    public static ScriptedServer startTls(SSLContext context, Script script) throws IOException {
        return startTls(context, socket -> {}, script);
    }

    /** The same with more to be said of TLS, such as whether clients need certificates. */
    public static ScriptedServer startTls(SSLContext context, Consumer<SSLServerSocket> setUp, Script script)
            throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 500, InetAddress.getLoopbackAddress());
        setUp.accept(socket);
        return new ScriptedServer(socket, true, script);
    }

    /** One that answers each request with {@code response}, and keeps its connections. */
    public static ScriptedServer answering(String response) throws IOException {
        return start(connection -> {
            while (connection.readRequest() != null) {
                connection.send(response);
            }
        });
    }

    /** The text of a plain response: status 200, Content-Length, {@code body}. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                daemon(() -> serve(new ScriptedConnection(this, client, accepted.incrementAndGet())));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(ScriptedConnection connection) {
        open.incrementAndGet();
        connections.add(connection);
        try (connection) {
            script.run(connection);
        } catch (Exception e) {
            connection.failed(e);
        } finally {
            open.decrementAndGet();
        }
    }

    void countRequest() {
        requests.incrementAndGet();
    }

    /** Waits until the test calls {@link #release()} or closes the server. */
    void awaitRelease() throws InterruptedException {
        released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets all connections that {@linkplain ScriptedConnection#stall() stall} go on, for good. */
    public void release() {
        released.countDown();
    }

    /** The port it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The URL of {@code path} here, by the name {@code localhost}. */
    public String url(String path) {
        return (tls ? "https" : "http") + "://localhost:" + port() + path;
    }

    /** How many connections it has accepted so far. */
    public int connections() {
        return accepted.get();
    }

    /** How many of them are open, as far as it knows. */
    public int openConnections() {
        return open.get();
    }

    /** How many requests it has read so far. */
    public int requests() {
        return requests.get();
    }

    /** Waits until {@code count} requests have been read. */
    public void awaitRequests(int count) throws InterruptedException {
        Waiting.until("requests", () -> requests() >= count);
    }

    /** Waits until no connection is open. */
    public void awaitNoConnections() throws InterruptedException {
        Waiting.until("connections to be closed", () -> openConnections() == 0);
    }

    /** What a script failed with last, if one did. */
    public @Nullable Throwable failure() {
        return connections.stream()
                .map(ScriptedConnection::failure)
                .filter(error -> error != null)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    @Override
    public void close() throws IOException {
        release();
        socket.close();
        for (ScriptedConnection connection : connections) {
            connection.close();
        }
    }
}

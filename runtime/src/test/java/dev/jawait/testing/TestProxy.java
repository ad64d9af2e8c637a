package dev.jawait.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * An HTTP proxy on the loopback: opens tunnels, to the loopback whatever the name, and answers requests that are sent to
 * it whole by itself, with what it was asked for. Notes the heads of all of them.
 */
public final class TestProxy implements AutoCloseable {
    private final List<ScriptedConnection.Request> requests = new CopyOnWriteArrayList<>();
    private final ScriptedServer server;
    private final String scheme;

    private TestProxy(String scheme, Starter starter) throws IOException {
        this.scheme = scheme;
        server = starter.start(this::serve);
    }

    private interface Starter {
        ScriptedServer start(ScriptedServer.Script script) throws IOException;
    }

    /** One that speaks HTTP. */
    public static TestProxy start() throws IOException {
        return new TestProxy("http", ScriptedServer::start);
    }

    /** One that speaks HTTP within TLS. */
    public static TestProxy startTls(SSLContext context) throws IOException {
        return new TestProxy("https", script -> ScriptedServer.startTls(context, script));
    }

    private void serve(ScriptedConnection connection) throws Exception {
        ScriptedConnection.Request request;
        while ((request = connection.readRequest()) != null) {
            requests.add(request);
            if (request.method().equals("CONNECT")) {
                connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                int port = Integer.parseInt(
                        request.target().substring(request.target().lastIndexOf(':') + 1));
                pump(connection.socket(), port);
                return;
            }
            connection.send(ScriptedServer.ok("proxied " + request.target()));
        }
    }

    /** Hands bytes to and fro between {@code client} and the loopback's {@code port}, until either ends. */
    public static void pump(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = new Thread(() -> copy(server, client), "test-proxy");
            back.setDaemon(true);
            back.start();
            copy(client, server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            int count;
            while ((count = in.read(bytes)) >= 0) {
                out.write(bytes, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // The other direction has ended it.
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed anyway.
        }
    }

    /** The proxy's URL, with {@code userInfo} such as {@code user:password@}, or nothing. */
    public String url(String userInfo) {
        return scheme + "://" + userInfo + "localhost:" + server.port();
    }

    /** What it was asked for, in order. */
    public List<ScriptedConnection.Request> requests() {
        return requests;
    }

    /** How many connections it has accepted so far. */
    public int connections() {
        return server.connections();
    }

    /** Basic credentials as they stand in a header. */
    public static String basic(String credentials) {
        return "Basic " + java.util.Base64.getEncoder().encodeToString(credentials.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

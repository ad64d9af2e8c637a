package dev.jawait.samples.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small HTTP server on loopback, for the samples: copy it beside them, it needs nothing but the JDK. Its pages answer
 * every method, and a unit of time is 100 ms.
 *
 * <ul>
 *   <li>{@code /slow?units=1.5&status=404&body=text} answers after a while: {@code ok} with 200 unless told otherwise.
 *   <li>{@code /busy?together=100} takes 20 ms, and counts who asks; the first ones wait until that many are there.
 *   <li>{@code /echo} answers the method and the body of the request.
 *   <li>{@code /cookie} answers the value of the cookie {@code visit}, and sets it.
 * </ul>
 */
public final class SampleServer implements AutoCloseable {
    static {
        // Else the server's two writes of an answer, and the client's delayed acknowledgement, cost 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BACKLOG = 1000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(SampleServer::daemon);
    private final Set<Integer> ports = new HashSet<>();
    private int now;
    private int mostAtOnce;
    private boolean gathered;

    /** Starts to listen, on a port that is free. */
    public SampleServer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page("/slow", this::answerSlowly);
        page("/busy", this::answerCounted);
        page("/echo", SampleServer::echo);
        page("/cookie", SampleServer::answerCookie);
        server.setExecutor(threads);
        server.start();
    }

    /** The URL of {@code path}, which starts with a slash. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** How many requests to {@code /busy} there were at once, at most. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** How many connections the requests to {@code /busy} came over. */
    public synchronized int connections() {
        return ports.size();
    }

    /** Starts to count anew. */
    public synchronized void resetCounts() {
        ports.clear();
        mostAtOnce = now;
        gathered = false;
    }

    /** Closes all connections, whatever is under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sample-server");
        thread.setDaemon(true);
        return thread;
    }

    private interface Page {
        void answer(HttpExchange exchange, String body) throws IOException, InterruptedException;
    }

    private void page(String path, Page page) {
        HttpHandler handler = exchange -> {
            try (exchange) {
                page.answer(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        };
        server.createContext(path, handler);
    }

    private void answerSlowly(HttpExchange exchange, String body) throws IOException, InterruptedException {
        TimeUnit.MICROSECONDS.sleep(Math.round(100_000 * Double.parseDouble(parameter(exchange, "units", "0"))));
        answer(exchange, Integer.parseInt(parameter(exchange, "status", "200")), parameter(exchange, "body", "ok"));
    }

    private void answerCounted(HttpExchange exchange, String body) throws IOException, InterruptedException {
        enter(exchange.getRemoteAddress().getPort());
        try {
            awaitOthers(Integer.parseInt(parameter(exchange, "together", "0")));
            TimeUnit.MILLISECONDS.sleep(20);
        } finally {
            leave();
        }
        answer(exchange, 200, "ok");
    }

    private static void echo(HttpExchange exchange, String body) throws IOException {
        answer(exchange, 200, exchange.getRequestMethod() + " " + body);
    }

    private static void answerCookie(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", "visit=seen");
        String cookies = exchange.getRequestHeaders().getFirst("Cookie");
        answer(exchange, 200, value(cookies, ";\\s*", "visit", "none"));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=UTF-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String parameter(HttpExchange exchange, String name, String otherwise) {
        String value = value(exchange.getRequestURI().getRawQuery(), "&", name, otherwise);
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private static String value(String pairs, String separator, String name, String otherwise) {
        return Stream.of(pairs == null ? new String[0] : pairs.split(separator))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private synchronized void enter(int clientPort) {
        ports.add(clientPort);
        now++;
        mostAtOnce = Math.max(mostAtOnce, now);
        notifyAll();
    }

    private synchronized void leave() {
        now--;
    }

    /** Waits until so many are here at once, but not for ever; once they were, nobody waits any more. */
    private synchronized void awaitOthers(int together) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!gathered && now < together && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        gathered = true;
        notifyAll();
    }
}

package dev.jawait.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server nobody here wrote, the JDK's, with a few pages on loopback. */
public final class TestSite implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Starts it. */
    public TestSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        page("/hello", exchange -> answer(exchange, 200, "hello"));
        page("/echo", TestSite::echo);
        page("/status/", exchange -> answer(exchange, Integer.parseInt(lastSegment(exchange)), "status"));
        page("/cookie", TestSite::cookie);
        page("/redirect/", TestSite::redirect);
        page("/to", exchange -> redirectTo(exchange, 302, query(exchange)));
        page("/json", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer(exchange, 200, "{\"name\":\"x\",\"count\":3}");
        });
        page("/stall", exchange -> {
            released.await();
            answer(exchange, 200, "late");
        });
        page("/large", exchange -> answer(exchange, 200, "x".repeat(Integer.parseInt(query(exchange)))));
        server.start();
    }

    /** An absolute URL of a page. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The same page under another name of this host: another origin. */
    public String otherOrigin(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** How many connections were seen. */
    public int connections() {
        return clients.size();
    }

    /** How many requests there were at once, at the most. */
    public int mostAtOnce() {
        return most.get();
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Page {
        void serve(HttpExchange exchange) throws Exception;
    }

    private void page(String path, Page page) {
        server.createContext(path, exchange -> {
            clients.add(exchange.getRemoteAddress());
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try (exchange) {
                page.serve(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                now.decrementAndGet();
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean bodiless =
                status == 204 || status == 304 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Method, target, the headers that tests look at, and the body. */
    private static void echo(HttpExchange exchange) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(exchange.getRequestMethod())
                .append(' ')
                .append(exchange.getRequestURI())
                .append('\n');
        for (String name : new String[] {"Content-type", "Cookie", "Authorization", "X-one", "User-agent"}) {
            if (exchange.getRequestHeaders().containsKey(name)) {
                text.append(name)
                        .append(": ")
                        .append(exchange.getRequestHeaders().get(name))
                        .append('\n');
            }
        }
        text.append('\n').append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(exchange, 200, text.toString());
    }

    private static void cookie(HttpExchange exchange) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Cookie");
        exchange.getResponseHeaders().add("Set-Cookie", "visit=seen; Path=/");
        answer(exchange, 200, sent == null ? "none" : sent);
    }

    /** {@code /redirect/303/3}: three times 303, then the echo. */
    private static void redirect(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        int left = Integer.parseInt(parts[3]);
        redirectTo(
                exchange, Integer.parseInt(parts[2]), left == 1 ? "/echo" : "/redirect/" + parts[2] + "/" + (left - 1));
    }

    private static void redirectTo(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Location", location);
        answer(exchange, status, "this way");
    }

    private static String lastSegment(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String query(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery();
    }
}

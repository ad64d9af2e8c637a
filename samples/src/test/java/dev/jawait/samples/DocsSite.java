package dev.jawait.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The server that the programs of the documentation ask: {@code /hello}, {@code /user.json}, and some that misbehave. */
final class DocsSite implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    DocsSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 404, "there is no such page"));
        server.createContext("/hello", exchange -> answer(exchange, 200, "hello"));
        server.createContext("/user.json", DocsSite::answerJson);
        server.createContext("/echo", DocsSite::answerEcho);
        server.createContext("/silent", this::answerNever);
        server.createContext("/half", DocsSite::answerHalf);
        server.start();
    }

    /** The words of {@code line}; those that begin with a slash are made URLs. */
    String[] arguments(String line) {
        return Stream.of(line.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.startsWith("/") ? url(word) : word)
                .toArray(String[]::new);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void answerJson(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, 200, "{\"name\":\"Ada\",\"languages\":2}");
    }

    private static void answerEcho(HttpExchange exchange) throws IOException {
        answer(exchange, 200, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void answerNever(HttpExchange exchange) {
        try (exchange) {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that ten bytes come, and ends after half of them. */
    private static void answerHalf(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

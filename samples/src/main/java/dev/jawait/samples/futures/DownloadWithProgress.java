package dev.jawait.samples.futures;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ProgressListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A future of a large file that is streamed to disk; a download that breaks off leaves no file behind. */
public final class DownloadWithProgress {
    private static final int FILM_BYTES = 8 << 20;

    /** It takes as long as it takes, but not half a minute without a byte. */
    private static final ClientTimeout LIMITS = ClientTimeout.builder()
            .total(Duration.ZERO)
            .sockRead(Duration.ofSeconds(30))
            .build();

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        Path directory = Files.createTempDirectory("films");
        Path film = directory.resolve("film");
        Path half = directory.resolve("half");
        ClientSession session = ClientSession.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .timeout(LIMITS)
                .maxBodyBytes(1L << 30)
                .raiseForStatus(true)
                .build();
        save(session, film)
                .thenAccept(bytes -> System.out.println("saved " + bytes + " bytes"))
                .thenCompose(saved -> save(session, half))
                .exceptionally(error -> brokenOff(error, half))
                .whenComplete((bytes, error) -> {
                    session.close();
                    server.stop(0);
                    film.toFile().delete();
                    directory.toFile().delete();
                })
                .join();
    }

    private static CompletableFuture<Long> save(ClientSession session, Path file) {
        return session.get(file.getFileName().toString())
                .toFuture()
                .thenCompose(response -> response.body()
                        .onProgress(new Quarters())
                        .saveTo(file, StandardCopyOption.REPLACE_EXISTING)
                        .toFuture()
                        .whenComplete((bytes, error) -> response.close()));
    }

    private static long brokenOff(Throwable error, Path file) {
        if (error.getCause() instanceof ClientPayloadException) {
            System.out.println("broken off, a file is there: " + Files.exists(file));
            return 0;
        }
        throw new CompletionException(error);
    }

    /** Tells each quarter. It is called on an event loop, so it may do little: print a line, or hand it on. */
    private static final class Quarters implements ProgressListener {
        private long told;

        @Override
        public void transferred(long transferred, long total) {
            long quarter = total > 0 ? 4 * transferred / total : 0;
            if (quarter > told) {
                told = quarter;
                System.out.println(25 * quarter + " %");
            }
        }
    }

    /** A film of 8 MiB, and one that ends halfway. */
    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, FILM_BYTES);
            boolean isWhole = exchange.getRequestURI().getPath().equals("/film");
            exchange.getResponseBody().write(new byte[isWhole ? FILM_BYTES : FILM_BYTES / 2]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        return server;
    }
}

package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.Coroutine;
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

/** Streams a large file to disk and tells how far it is; a download that breaks off leaves no file behind. */
public final class DownloadWithProgress {
    private static final int FILM_BYTES = 8 << 20;

    /** It takes as long as it takes, but not half a minute without a byte. */
    private static final ClientTimeout LIMITS = ClientTimeout.builder()
            .total(Duration.ZERO)
            .sockRead(Duration.ofSeconds(30))
            .build();

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        Path file = Files.createTempDirectory("films").resolve("film");
        try (ClientSession session = ClientSession.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .timeout(LIMITS)
                .maxBodyBytes(1L << 30)
                .raiseForStatus(true)
                .build()) {
            run(() -> {
                System.out.println("saved " + await(save(session, "film", file)) + " bytes");
                Files.delete(file);
                await(save(session, "half", file));
            });
        } catch (ClientPayloadException cut) {
            System.out.println("broken off, a file is there: " + Files.exists(file));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(file.getParent());
            server.stop(0);
        }
    }

    private static Coroutine<Long> save(ClientSession session, String url, Path file) {
        return session.get(url)
                .use(response -> await(
                        response.body().onProgress(new Quarters()).saveTo(file, StandardCopyOption.REPLACE_EXISTING)));
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

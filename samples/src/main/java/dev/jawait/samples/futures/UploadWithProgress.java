package dev.jawait.samples.futures;

import com.sun.net.httpserver.HttpServer;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ProgressListener;
import dev.jawait.http.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A future of the answer to a large file that is sent from disk, as fast as the server takes it. */
public final class UploadWithProgress {
    /** It takes as long as it takes, but not half a minute in which the server takes nothing, nor a minute for its answer. */
    private static final ClientTimeout LIMITS = ClientTimeout.builder()
            .total(Duration.ZERO)
            .write(Duration.ofSeconds(30))
            .firstByte(Duration.ofMinutes(1))
            .build();

    public static void main(String[] args) throws IOException {
        HttpServer server = server();
        Path file = Files.write(Files.createTempFile("film", ".mp4"), new byte[8 << 20]);
        ClientSession session = ClientSession.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .timeout(LIMITS)
                .raiseForStatus(true)
                .build();
        upload(session, file)
                .thenAccept(System.out::println)
                .thenCompose(printed -> upload(session, file.resolveSibling("no such film")))
                .exceptionally(UploadWithProgress::notSent)
                .thenAccept(System.out::println)
                .whenComplete((printed, error) -> {
                    session.close();
                    server.stop(0);
                    file.toFile().delete();
                })
                .join();
    }

    /** PUT, not POST: after a redirect, or on a connection that turns out to be dead, the file is sent again whole. */
    private static CompletableFuture<String> upload(ClientSession session, Path file) {
        return session.put("film")
                .body(RequestBody.file(file).onProgress(new Quarters()))
                .text()
                .toFuture();
    }

    private static String notSent(Throwable error) {
        if (error.getCause() instanceof ClientPayloadException unreadable) {
            return "not sent: " + unreadable.getCause().getMessage();
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

    /** Says how many bytes it got. */
    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            long got = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = (exchange.getRequestMethod() + " of " + got + " bytes").getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}

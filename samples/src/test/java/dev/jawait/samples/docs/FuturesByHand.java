package dev.jawait.samples.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

public final class FuturesByHand {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static CompletableFuture<String> status(String url) {
        return CLIENT.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .orTimeout(3, TimeUnit.SECONDS)
                .handle((response, error) -> {
                    if (error instanceof TimeoutException) {
                        return "late";
                    }
                    return error == null ? "" + response.statusCode() : "failed: " + error;
                });
    }

    public static void main(String[] urls) {
        List<CompletableFuture<String>> statuses =
                Stream.of(urls).map(FuturesByHand::status).toList();
        System.out.println(statuses.stream().map(CompletableFuture::join).toList());
    }
}

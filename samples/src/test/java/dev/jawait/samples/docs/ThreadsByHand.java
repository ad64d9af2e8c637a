package dev.jawait.samples.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

public final class ThreadsByHand {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static String page(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }

    public static void main(String[] urls) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(); // 21: newVirtualThreadPerTaskExecutor()
        try {
            CompletionService<String> pages = new ExecutorCompletionService<>(threads);
            for (String url : urls) {
                pages.submit(() -> page(url));
            }
            for (int i = 0; i < urls.length; i++) {
                System.out.println(pages.take().get()); // Throws what the first to fail has thrown.
            }
        } catch (ExecutionException error) {
            System.out.println("failed: " + error.getCause().getMessage());
        } finally {
            threads.shutdownNow(); // Interrupts the others ...
            threads.awaitTermination(1, TimeUnit.MINUTES); // ... which may take a while to notice.
        }
    }
}

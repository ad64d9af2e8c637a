package dev.jawait.benchmarks.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's own client, over HTTP/1.1. It knows no limit of connections, and cannot be asked to close one. */
final class JdkClient implements Client {
    private final Workload workload;
    private final HttpClient client;

    JdkClient(Settings settings) throws Exception {
        workload = settings.workload();
        if (!settings.reuse()) {
            System.setProperty("jdk.httpclient.keepalive.timeout", "0");
        }
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(settings.sslContext())
                .build();
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        Pump.run(
                job,
                recorder,
                (url, end) -> client.sendAsync(request(url), BodyHandlers.ofByteArray())
                        .whenComplete((response, error) -> {
                            if (error == null) {
                                end.answered(response.statusCode(), response.body().length);
                            } else {
                                end.failed(error);
                            }
                        }));
    }

    private HttpRequest request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (workload.body() != null) {
            request.POST(BodyPublishers.ofString(workload.body())).header("Content-Type", "application/json");
        }
        return request.build();
    }
}

package dev.jawait.benchmarks.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty. */
final class ReactorNetty implements Client {
    private final Workload workload;
    private final HttpClient client;

    ReactorNetty(Settings settings) throws Exception {
        workload = settings.workload();
        SslContext ssl = SslContextBuilder.forClient()
                .trustManager(settings.certificate().toFile())
                .build();
        client = HttpClient.create(ConnectionProvider.builder("benchmark")
                        .maxConnections(settings.connections())
                        .pendingAcquireMaxCount(-1)
                        .pendingAcquireTimeout(Duration.ofMinutes(1))
                        .build())
                .secure(spec -> spec.sslContext(ssl))
                .headers(headers -> {
                    if (!workload.reuse()) {
                        headers.set("Connection", "close");
                    }
                    if (workload.body() != null) {
                        headers.set("Content-Type", "application/json");
                    }
                });
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        Pump.run(
                job,
                recorder,
                (url, end) -> request(url)
                        .responseSingle((response, body) -> body.asByteArray()
                                .map(bytes -> new int[] {response.status().code(), bytes.length})
                                .defaultIfEmpty(new int[] {response.status().code(), 0}))
                        .subscribe(answer -> end.answered(answer[0], answer[1]), end::failed));
    }

    private HttpClient.ResponseReceiver<?> request(String url) {
        String body = workload.body();
        return body == null
                ? client.get().uri(url)
                : client.request(HttpMethod.POST)
                        .uri(url)
                        .send(ByteBufFlux.fromInbound(Mono.fromSupplier(
                                () -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)))));
    }
}

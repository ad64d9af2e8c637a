package dev.jawait.benchmarks.http;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/** Apache's HttpClient 5, asynchronous, over HTTP/1.1. */
final class ApacheAsync implements Client {
    private final Workload workload;
    private final CloseableHttpAsyncClient client;

    ApacheAsync(Settings settings) throws Exception {
        workload = settings.workload();
        client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(settings.sslContext())
                                .buildAsync())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setTimeToLive(TimeValue.ofMinutes(10))
                                .build())
                        .build())
                .build();
        client.start();
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        Pump.run(
                job,
                recorder,
                (url, end) -> client.execute(request(url), new FutureCallback<SimpleHttpResponse>() {
                    @Override
                    public void completed(SimpleHttpResponse response) {
                        end.answered(response.getCode(), response.getBodyBytes().length);
                    }

                    @Override
                    public void failed(Exception error) {
                        end.failed(error);
                    }

                    @Override
                    public void cancelled() {
                        end.failed(new IllegalStateException("cancelled"));
                    }
                }));
    }

    private SimpleHttpRequest request(String url) {
        SimpleRequestBuilder request =
                workload.body() == null ? SimpleRequestBuilder.get(url) : SimpleRequestBuilder.post(url);
        if (workload.body() != null) {
            request.setBody(workload.body(), ContentType.APPLICATION_JSON);
        }
        if (!workload.reuse()) {
            request.setHeader("Connection", "close");
        }
        return request.build();
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}

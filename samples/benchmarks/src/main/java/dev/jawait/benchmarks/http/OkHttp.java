package dev.jawait.benchmarks.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, with its calls enqueued. */
final class OkHttp implements Client {
    private static final MediaType JSON = MediaType.get("application/json");

    private final Workload workload;
    private final OkHttpClient client;

    OkHttp(Settings settings) throws Exception {
        workload = settings.workload();
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.connections());
        dispatcher.setMaxRequestsPerHost(settings.connections());
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(settings.connections(), 1, TimeUnit.MINUTES))
                .sslSocketFactory(settings.sslContext().getSocketFactory(), settings.trust())
                .build();
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        Pump.run(
                job,
                recorder,
                (url, end) -> client.newCall(request(url)).enqueue(new Callback() {
                    @Override
                    public void onResponse(Call call, Response response) throws IOException {
                        int length;
                        try (response) {
                            length = response.body().bytes().length;
                        }
                        end.answered(response.code(), length);
                    }

                    @Override
                    public void onFailure(Call call, IOException error) {
                        end.failed(error);
                    }
                }));
    }

    private Request request(String url) {
        Request.Builder request = new Request.Builder().url(url);
        if (workload.body() != null) {
            request.post(RequestBody.create(workload.body(), JSON));
        }
        return workload.reuse()
                ? request.build()
                : request.header("Connection", "close").build();
    }
}

package dev.jawait.benchmarks.http;

/** Futures, each of which begins the next request when it is done. */
final class JawaitFutures implements Client {
    private final JawaitSession session;

    JawaitFutures(Settings settings) {
        session = new JawaitSession(settings, null);
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        Pump.run(
                job,
                recorder,
                (url, end) -> session.bytes(url).toFuture().whenComplete((body, error) -> {
                    if (error == null) {
                        end.answered(200, body.length);
                    } else {
                        end.failed(error);
                    }
                }));
    }

    @Override
    public void close() {
        session.close();
    }
}

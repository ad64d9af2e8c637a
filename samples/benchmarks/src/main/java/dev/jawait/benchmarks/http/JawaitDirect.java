package dev.jawait.benchmarks.http;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;

import dev.jawait.Async;
import dev.jawait.Coroutine;
import java.util.stream.IntStream;

/** Bodies in Java, each of which awaits one request after the other. */
final class JawaitDirect implements Client {
    private final JawaitSession session;

    JawaitDirect(Settings settings) {
        session = new JawaitSession(settings, null);
    }

    @Override
    public void run(Job job, Recorder recorder) {
        Async.run(gather(IntStream.range(0, job.workload().atOnce())
                .mapToObj(lane -> lane(job, recorder, lane))
                .toList()));
    }

    private Coroutine<Void> lane(Job job, Recorder recorder, int first) {
        return async(() -> {
            for (int i = first; !job.isOver(); i++) {
                long start = System.nanoTime();
                try {
                    recorder.answered(start, 200, await(session.bytes(job.url(i))).length);
                } catch (RuntimeException error) {
                    recorder.failed(error);
                }
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }
}

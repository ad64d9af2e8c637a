package dev.jawait.benchmarks.http;

import static dev.jawait.Async.gather;

import dev.jawait.Async;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientListener;
import dev.jawait.http.RequestInfo;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All requests given to gather, which starts as many as there may be at once. */
final class JawaitGather implements Client, ClientListener {
    private final JawaitSession session;
    private volatile Recorder recorder = new Recorder();

    JawaitGather(Settings settings) {
        session = new JawaitSession(settings, this);
    }

    @Override
    public void run(Job job, Recorder recorder) {
        this.recorder = recorder;
        int together = together(job);
        while (!job.isOver()) {
            List<byte[]> bodies = Async.run(
                    gather(requests(job, together)).limit(job.workload().atOnce()));
            bodies.stream().filter(body -> body.length == 0).forEach(body -> recorder.answered(0, 200, 0));
        }
    }

    /** Enough that beginning and end do not count; few where connections are new, or results, which are kept, are large. */
    private static int together(Job job) {
        Workload workload = job.workload();
        if (job.url(0).endsWith("/large")) {
            return 4 * workload.atOnce();
        }
        if (!workload.reuse()) {
            return 10 * workload.atOnce();
        }
        return Math.max(workload.delayed() ? 60_000 : 20_000, 4 * workload.atOnce());
    }

    /** Each is made when there is a place for it. */
    private List<Coroutine<byte[]>> requests(Job job, int count) {
        return new AbstractList<>() {
            @Override
            public Coroutine<byte[]> get(int index) {
                return session.request(job.url(index)).tag(new long[1]).bytes();
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    @Override
    public void started(RequestInfo request) {
        start(request)[0] = System.nanoTime();
    }

    private static long[] start(RequestInfo request) {
        return (long[]) Objects.requireNonNull(request.tag());
    }

    @Override
    public void ended(RequestInfo request, @Nullable Throwable error) {
        if (error == null) {
            recorder.answered(start(request)[0], 200, 1);
        } else {
            recorder.failed(error);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}

package dev.jawait.benchmarks.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps requests of a client with callbacks under way: each that ends begins the next. */
final class Pump {
    /** Sends a request, and tells its end once. */
    interface Sender {
        void send(String url, End end);
    }

    /** Is told how a request ended. */
    interface End {
        void answered(int status, int length);

        void failed(Throwable error);
    }

    private final Job job;
    private final Recorder recorder;
    private final Sender sender;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch lanes;

    private Pump(Job job, Recorder recorder, Sender sender) {
        this.job = job;
        this.recorder = recorder;
        this.sender = sender;
        this.lanes = new CountDownLatch(job.workload().atOnce());
    }

    static void run(Job job, Recorder recorder, Sender sender) throws InterruptedException {
        Pump pump = new Pump(job, recorder, sender);
        for (int lane = 0; lane < job.workload().atOnce(); lane++) {
            pump.send();
        }
        pump.lanes.await();
    }

    private void send() {
        if (job.isOver()) {
            lanes.countDown();
            return;
        }
        long start = System.nanoTime();
        sender.send(job.url(next.getAndIncrement()), new End() {
            @Override
            public void answered(int status, int length) {
                recorder.answered(start, status, length);
                send();
            }

            @Override
            public void failed(Throwable error) {
                recorder.failed(error);
                send();
            }
        });
    }
}

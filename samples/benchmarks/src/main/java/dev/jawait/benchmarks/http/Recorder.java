package dev.jawait.benchmarks.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What one round came to. */
final class Recorder {
    private final Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final LongAdder failed = new LongAdder();
    private volatile String firstFailure = "";

    /** A request that began at {@code start} was answered. */
    void answered(long start, int status, int length) {
        if (status == 200 && length > 0) {
            micros.recordValue(Math.min(
                    TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start), micros.getHighestTrackableValue()));
        } else {
            failed(new IllegalStateException("status " + status + ", " + length + " bytes"));
        }
    }

    void failed(Throwable error) {
        if (firstFailure.isEmpty()) {
            firstFailure = error.toString();
        }
        failed.increment();
    }

    Histogram micros() {
        return micros;
    }

    long failures() {
        return failed.sum();
    }

    String firstFailure() {
        return firstFailure;
    }
}

package dev.jawait.benchmarks.http;

/** One way to send requests. */
interface Client extends AutoCloseable {
    /** Keeps as many requests under way as the workload asks for, until it is over; returns when all are answered. */
    void run(Job job, Recorder recorder) throws Exception;

    @Override
    default void close() {}
}

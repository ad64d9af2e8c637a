package dev.jawait;

/** A body without a result. Like every body it may block, await and throw. */
@FunctionalInterface
public interface AsyncRunnable {
    /** Runs the body. */
    void run() throws Exception;
}

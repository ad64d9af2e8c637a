package dev.jawait.benchmarks.tasks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What Java programs run blocking code on. */
final class Threads {
    private Threads() {}

    /** {@code newVirtualThreadPerTaskExecutor()} from JDK 21 on, {@code newCachedThreadPool()} before. */
    static ExecutorService perTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException beforeJdk21) {
            return Executors.newCachedThreadPool();
        } catch (ReflectiveOperationException error) {
            throw new IllegalStateException("There are virtual threads, but none can be had", error);
        }
    }
}

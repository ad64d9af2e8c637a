package dev.jawait;

import dev.jawait.spi.TaskRuntime;

/**
 * Which thread locals follow a task. What they hold where a task is created, the task finds there, on whatever thread
 * its code runs; what its code puts there, stays with it and reaches no other task. The logger's MDC (SLF4J) always
 * follows. For values of your own, {@link ContextVar} is cheaper.
 *
 * <p>Values are handed on as they are: two tasks that are given the same mutable object share it.
 */
public final class ThreadLocals {
    private ThreadLocals() {}

    /**
     * Lets {@code local} follow every task, until what is returned is closed. Register it once, when the program starts;
     * each one costs a look at every step of a task.
     */
    public static Following follow(ThreadLocal<?> local) {
        return TaskRuntime.get().follow(local);
    }

    /** A registration. */
    public interface Following extends AutoCloseable {
        /** From now on it follows no more. */
        @Override
        void close();
    }
}

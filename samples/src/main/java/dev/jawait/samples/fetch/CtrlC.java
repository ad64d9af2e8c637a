package dev.jawait.samples.fetch;

import dev.jawait.Task;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancels a task when the JVM is told to end, and lets it end only when this is closed, or after some seconds. */
final class CtrlC implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Task<?> task;
    private final Thread hook = new Thread(this::cancelAndWait, "ctrl-c");
    private volatile boolean pressed;

    private CtrlC(Task<?> task) {
        this.task = task;
    }

    static CtrlC cancels(Task<?> task) {
        CtrlC ctrlC = new CtrlC(task);
        Runtime.getRuntime().addShutdownHook(ctrlC.hook);
        return ctrlC;
    }

    boolean wasPressed() {
        return pressed;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!pressed) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                pressed = true;
            }
        }
    }

    private void cancelAndWait() {
        pressed = true;
        task.cancel("interrupted");
        try {
            boolean ended = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("fetch: gave up waiting for what still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.jawait.runtime.loop;

import java.util.concurrent.TimeUnit;

/** Timers on the system's clock: the loop is woken for the earliest alone. */
final class LoopTimers extends Timers {
    private final Loop loop;
    private long armed = Long.MAX_VALUE;
    private boolean isArmed;

    LoopTimers(Loop loop) {
        this.loop = loop;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    void wakeAt(long deadline) {
        if (isArmed && armed - deadline <= 0) {
            return;
        }
        isArmed = true;
        armed = deadline;
        loop.netty().schedule(() -> wake(deadline), deadline - nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void wake(long deadline) {
        synchronized (this) {
            if (armed == deadline) {
                isArmed = false;
            }
        }
        fireDue();
    }
}

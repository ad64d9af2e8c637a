package dev.jawait.runtime.loop;

import org.jspecify.annotations.Nullable;

/** Timers on a clock of their own, which moves only when told to. */
public final class VirtualTimers extends Timers {
    private volatile long now;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    void wakeAt(long deadline) {
        // Nothing wakes by itself: whoever finds nothing left to run calls advance().
    }

    /** Moves the clock to the earliest timer and fires what is due then; false if there is none. On the loop only. */
    public boolean advance() {
        @Nullable Timer first = first();
        if (first == null) {
            return false;
        }
        now = Math.max(now, first.deadline());
        fireDue();
        return true;
    }
}

package dev.jawait.runtime.loop;

import org.jspecify.annotations.Nullable;

/** Something to happen at a time, unless it is cancelled before. */
public final class Timer implements Comparable<Timer> {
    private final Timers timers;
    private final long deadline;
    private final long number;

    /** Null once it has fired or was cancelled. Guarded by its timers. */
    private @Nullable Runnable action;

    Timer(Timers timers, long deadline, long number, Runnable action) {
        this.timers = timers;
        this.deadline = deadline;
        this.number = number;
        this.action = action;
    }

    /** When it fires, in {@link Timers#nanoTime()}. */
    public long deadline() {
        return deadline;
    }

    /** Sees to it that it does not fire, and forgets what it was to do; without effect if it has fired. */
    public void cancel() {
        timers.cancel(this);
    }

    boolean isOver() {
        return action == null;
    }

    /** What it is to do, once. */
    @Nullable
    Runnable take() {
        Runnable taken = action;
        action = null;
        return taken;
    }

    /** By deadline, those of one deadline in the order they were made. */
    @Override
    public int compareTo(Timer other) {
        long difference = deadline - other.deadline;
        return difference != 0 ? Long.signum(difference) : Long.compare(number, other.number);
    }
}

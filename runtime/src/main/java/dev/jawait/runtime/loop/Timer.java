package dev.jawait.runtime.loop;

/** Something to happen at a time, unless it is cancelled before. */
public final class Timer implements Comparable<Timer> {
    static final int NOWHERE = -1;

    private final Timers timers;
    private final long deadline;
    private final long number;
    private final Runnable action;

    /** In the {@link TimerHeap}, whose it is. */
    int place = NOWHERE;

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

    /** Removes it; without effect if it has fired. */
    public void cancel() {
        timers.remove(this);
    }

    void fire() {
        action.run();
    }

    /** By deadline, those of one deadline in the order they were made. */
    @Override
    public int compareTo(Timer other) {
        long difference = deadline - other.deadline;
        return difference != 0 ? Long.signum(difference) : Long.compare(number, other.number);
    }
}

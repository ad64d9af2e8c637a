package dev.jawait.runtime.loop;

import org.jspecify.annotations.Nullable;

/** A clock and what is to happen when. Timers fire on the loop, in the order of their deadlines. Safe from any thread. */
public abstract class Timers {
    private final TimerHeap pending = new TimerHeap();
    private long count;

    /** Now, in nanoseconds, comparable with deadlines of this loop only. */
    public abstract long nanoTime();

    /** Sees to it that {@link #fireDue()} is called on the loop at {@code deadline}. Called under the lock. */
    abstract void wakeAt(long deadline);

    /** Runs {@code action} on the loop at {@code deadline} of {@link #nanoTime()}, or soon if that is past. */
    public final Timer at(long deadline, Runnable action) {
        synchronized (this) {
            Timer timer = new Timer(this, deadline, count++, action);
            pending.add(timer);
            if (pending.first() == timer) {
                wakeAt(deadline);
            }
            return timer;
        }
    }

    /** Runs {@code action} on the loop after {@code nanos}; never, in effect, where that is beyond the clock. */
    public final Timer after(long nanos, Runnable action) {
        return at(deadlineIn(nanos), action);
    }

    /** The deadline {@code nanos} from now; at most 146 years ahead and never past, so that deadlines compare. */
    public final long deadlineIn(long nanos) {
        return nanoTime() + Math.max(0, Math.min(nanos, Long.MAX_VALUE / 2));
    }

    final synchronized void remove(Timer timer) {
        pending.remove(timer);
    }

    /** How many have not fired. */
    public final synchronized int size() {
        return pending.size();
    }

    final synchronized @Nullable Timer first() {
        return pending.first();
    }

    /** Fires what is due, on the loop. */
    final void fireDue() {
        Timer due;
        while ((due = pollDue()) != null) {
            due.fire();
        }
    }

    private synchronized @Nullable Timer pollDue() {
        Timer first = first();
        if (first == null) {
            return null;
        }
        if (first.deadline() - nanoTime() > 0) {
            wakeAt(first.deadline());
            return null;
        }
        pending.remove(first);
        return first;
    }
}

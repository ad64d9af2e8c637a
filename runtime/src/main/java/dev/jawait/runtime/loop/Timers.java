package dev.jawait.runtime.loop;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock and what is to happen when. Timers fire on the loop, in the order of their deadlines. Safe from any thread.
 *
 * <p>As in asyncio, a cancelled one stays in the queue, without what it was to do, until it comes first or until more than
 * half of them are cancelled: to take one out from the middle of thousands would cost more than all else about it.
 */
public abstract class Timers {
    /** So many cancelled ones are never too many. */
    private static final int FEW = 100;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private int cancelled;
    private long count;

    /** Now, in nanoseconds, comparable with deadlines of this loop only. */
    public abstract long nanoTime();

    /** Sees to it that {@link #fireDue()} is called on the loop at {@code deadline}. Called under the lock. */
    abstract void wakeAt(long deadline);

    /** Runs {@code action} on the loop at {@code deadline} of {@link #nanoTime()}, or soon if that is past. */
    public final Timer at(long deadline, Runnable action) {
        synchronized (this) {
            Timer timer = new Timer(this, deadline, count++, action);
            queue.add(timer);
            if (queue.peek() == timer) {
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

    final synchronized void cancel(Timer timer) {
        if (timer.take() == null) {
            return;
        }
        cancelled++;
        if (cancelled > FEW && cancelled > queue.size() / 2) {
            queue.removeIf(Timer::isOver);
            cancelled = 0;
        }
    }

    /** How many have neither fired nor been cancelled. */
    public final synchronized int size() {
        return queue.size() - cancelled;
    }

    final synchronized @Nullable Timer first() {
        Timer first;
        while ((first = queue.peek()) != null && first.isOver()) {
            queue.poll();
            cancelled--;
        }
        return first;
    }

    /** Fires what is due, on the loop. */
    final void fireDue() {
        Runnable due;
        while ((due = pollDue()) != null) {
            due.run();
        }
    }

    private synchronized @Nullable Runnable pollDue() {
        Timer first = first();
        if (first == null) {
            return null;
        }
        if (first.deadline() - nanoTime() > 0) {
            wakeAt(first.deadline());
            return null;
        }
        queue.poll();
        return first.take();
    }
}

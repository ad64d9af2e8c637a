package dev.jawait.runtime.loop;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop: a thread that runs what it is given in order, serves sockets, and keeps timers. Whom it has to wake up, it wakes
 * up when it is through with that: a thread that is woken up takes the processor of who wakes it, over and over in the middle.
 */
public final class Loop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.jawait.loop");

    /** So many others wait at most, until the loop is through: it may have thousands of sockets to read. */
    private static final int MOST_POSTPONED = 32;

    private final EventLoop netty;
    private final int index;
    private final Timers timers;
    private volatile @Nullable Thread thread;

    // Odd while a piece of a task's code holds the loop; written by the loop alone, read by the watch.
    private volatile long pieces;

    private final Queue<Runnable> wakes = new ConcurrentLinkedQueue<>();

    // For the loop alone, both of them.
    private int postponed;
    private boolean holdsUsersCode;

    /** What was postponed longest when the watch came by; for the watch alone. */
    private @Nullable Runnable seenWake;

    Loop(EventLoop netty, int index, boolean virtualTime) {
        this.netty = netty;
        this.index = index;
        this.timers = virtualTime ? new VirtualTimers() : new LoopTimers(this);
        netty.execute(() -> {
            LoopThread current = (LoopThread) Thread.currentThread();
            current.loop = this;
            thread = current;
        });
    }

    /** The loop whose thread this is, or null. */
    public static @Nullable Loop current() {
        return Thread.currentThread() instanceof LoopThread thread ? thread.loop : null;
    }

    /** For opening channels on it. */
    public EventLoop netty() {
        return netty;
    }

    /** Its place among its group. */
    public int index() {
        return index;
    }

    /** Its clock and its timers. */
    public Timers timers() {
        return timers;
    }

    /** Whether the calling thread is this loop's. */
    public boolean isCurrent() {
        return netty.inEventLoop();
    }

    /** Runs {@code piece} on this loop, after all it was given before. */
    @Override
    public void execute(Runnable piece) {
        netty.execute(piece);
    }

    /**
     * A piece of a task's code begins; it may be a user's, who may hold the loop for long: nobody waits for that. On the loop's
     * thread only.
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void begin(boolean usersCode) {
        pieces++;
        holdsUsersCode = usersCode;
        if (usersCode) {
            wakeAll();
        }
    }

    /** The piece has ended. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void end() {
        holdsUsersCode = false;
        pieces++;
    }

    /**
     * Runs {@code wake}, which has another thread go on. On a loop, once it has read its sockets and run what it was given, or 32
     * have come together, or a user's code is to run, or the watch comes by; elsewhere, and in a user's code, at once.
     */
    public static void wake(Runnable wake) {
        Loop current = current();
        if (current == null || current.holdsUsersCode || current.netty.isShuttingDown()) {
            wake.run();
        } else {
            current.wakeLater(wake);
        }
    }

    private void wakeLater(Runnable wake) {
        wakes.add(wake);
        postponed++;
        if (postponed == 1) {
            netty.execute(this::isThrough);
        } else if (postponed == MOST_POSTPONED) {
            isThrough();
        }
    }

    private void isThrough() {
        postponed = 0;
        wakeAll();
    }

    /** Runs what was postponed, if it has been since the last call: for the watch. */
    void wakeOverdue() {
        Runnable first = wakes.peek();
        if (first != null && first == seenWake) {
            wakeAll();
        }
        seenWake = first;
    }

    private void wakeAll() {
        for (Runnable wake = wakes.poll(); wake != null; wake = wakes.poll()) {
            try {
                wake.run();
            } catch (RuntimeException e) {
                LOG.error("Another thread could not be told to go on", e);
            }
        }
    }

    long pieces() {
        return pieces;
    }

    @Nullable
    Thread thread() {
        return thread;
    }
}

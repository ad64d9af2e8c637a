package dev.jawait.runtime.loop;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One event loop: a thread that runs what it is given in order, serves sockets, and keeps timers. */
public final class Loop implements Executor {
    private final EventLoop netty;
    private final int index;
    private final Timers timers;
    private volatile @Nullable Thread thread;

    // Odd while a piece of code holds the loop; written by the loop alone, read by the watch.
    private volatile long pieces;

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

    /** Marks that a piece of a user's code begins or ends, for the watch. On the loop's thread only. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void mark() {
        pieces++;
    }

    long pieces() {
        return pieces;
    }

    @Nullable
    Thread thread() {
        return thread;
    }
}

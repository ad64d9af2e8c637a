package dev.jawait.runtime.loop;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A group of loops with daemon threads. */
public final class EventLoops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    private final NettyLoops group;
    private final Loop[] loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final @Nullable SlowCallbackWatch watch;

    /**
     * @param slowCallbackLimit how long a piece may hold a loop before that is logged; zero: never logged
     * @param virtualTime whether the clock moves only when told to
     */
    public EventLoops(int count, String threadPrefix, Duration slowCallbackLimit, boolean virtualTime) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = work -> new LoopThread(work, threadPrefix + "-loop-" + number.incrementAndGet());
        group = new NettyLoops(count, threads);
        loops = new Loop[count];
        for (int i = 0; i < count; i++) {
            loops[i] = new Loop(group.next(), i, virtualTime);
        }
        watch = slowCallbackLimit.isZero()
                ? null
                : new SlowCallbackWatch(loops, slowCallbackLimit, threadPrefix + "-watch");
    }

    /** The current loop if it is of this group, else the next one, in turn. */
    public Loop preferred() {
        Loop current = Loop.current();
        return current != null && contains(current) ? current : next();
    }

    /** The loops, in turn. */
    public Loop next() {
        return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
    }

    /** Whether {@code loop} is of this group. */
    public boolean contains(Loop loop) {
        return loop.index() < loops.length && loops[loop.index()] == loop;
    }

    /** How many. */
    public int size() {
        return loops.length;
    }

    /** Whether {@link #close} was called: nothing more can be run. */
    public boolean isClosed() {
        return group.isShuttingDown();
    }

    /** Timers of all loops that have not fired. */
    public int pendingTimers() {
        int pending = 0;
        for (Loop loop : loops) {
            pending += loop.timers().size();
        }
        return pending;
    }

    /** Ends the threads and waits for them, 10 seconds at most. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}

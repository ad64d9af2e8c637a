package dev.jawait.runtime.loop;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a piece of code that holds a loop for too long, while it does, with the stack it is at; and wakes up whom the loop would
 * when it is through, as it may be waiting for one of them.
 */
final class SlowCallbackWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.jawait.loop");
    private static final int FRAMES = 12;

    private final Loop[] loops;
    private final Duration limit;
    private final long[] seen;
    private final int[] ticks;
    private final Thread thread;
    private volatile boolean closed;

    SlowCallbackWatch(Loop[] loops, Duration limit, String threadName) {
        this.loops = loops;
        this.limit = limit;
        this.seen = new long[loops.length];
        this.ticks = new int[loops.length];
        this.thread = new Thread(this::watch, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long tick = Math.max(1, limit.toNanos() / 2);
        while (!closed) {
            LockSupport.parkNanos(this, tick);
            for (int i = 0; i < loops.length; i++) {
                look(i);
                loops[i].wakeOverdue();
            }
        }
    }

    /** Two looks in a row, half a limit apart each, at the same piece: it has run for the limit at least. */
    private void look(int i) {
        long pieces = loops[i].pieces();
        boolean held = (pieces & 1) == 1;
        ticks[i] = held && pieces == seen[i] ? ticks[i] + 1 : 0;
        seen[i] = pieces;
        if (ticks[i] == 2) {
            report(loops[i]);
        }
    }

    private void report(Loop loop) {
        Thread holder = loop.thread();
        if (holder != null) {
            String stack = Arrays.stream(holder.getStackTrace())
                    .limit(FRAMES)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            LOG.warn(
                    "A piece of code has held {} for more than {} ms; a body that blocks belongs in async(body){}",
                    holder.getName(),
                    limit.toMillis(),
                    stack);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

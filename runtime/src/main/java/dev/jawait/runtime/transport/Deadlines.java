package dev.jawait.runtime.transport;

import dev.jawait.http.ClientTimeout;
import dev.jawait.http.ClientTimeoutException;
import dev.jawait.http.Phase;
import dev.jawait.http.PoolStats;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.loop.Timer;
import dev.jawait.runtime.loop.Timers;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one exchange, and the one timer that watches over them. A limit that moves away leaves the timer
 * alone: it fires, finds nothing due, and is set anew. All times are nanoseconds since the request began.
 */
final class Deadlines implements Runnable {
    private static final long NEVER = Long.MAX_VALUE;

    private final long started;
    private final ClientTimeout limits;
    private final Runnable onTimer;
    private final long total;
    private final long sockRead;
    private long connectAt;
    private long attemptAt = NEVER;
    private long readAt = NEVER;

    /** Of the present phase. */
    private Phase phase = Phase.POOL;

    private long phaseAt;

    // Guarded by this: whoever queues the exchange may set it while another thread grants what it waits for.
    private @Nullable Timer timer;
    private long timerAt = NEVER;
    private boolean over;

    /** @param onTimer called on the loop of the timer: time to ask for what is {@link #due} */
    Deadlines(Limits limits, Runnable onTimer) {
        this.started = limits.started();
        this.limits = limits.timeout();
        this.onTimer = onTimer;
        this.total = nanos(limits.timeout().total());
        this.sockRead = nanos(limits.timeout().sockRead());
        this.connectAt = in(nanos(limits.timeout().connect()));
        this.phaseAt = in(nanos(limitOf(phase)));
    }

    private @Nullable Duration limitOf(Phase phase) {
        return switch (phase) {
            case POOL -> limits.pool();
            case DNS -> limits.dns();
            case PROXY -> limits.proxy();
            case TLS -> limits.tls();
            case WRITE -> limits.write();
            case FIRST_BYTE -> limits.firstByte();
            case CONNECT, READ, TOTAL -> null;
        };
    }

    private static String nameOf(Phase phase) {
        return phase == Phase.FIRST_BYTE ? "firstByte" : phase.name().toLowerCase(Locale.ROOT);
    }

    /** {@code next} begins, or goes on after some progress: its limit counts from now. */
    void enter(Phase next) {
        phase = next;
        phaseAt = in(nanos(limitOf(next)));
    }

    private static long nanos(@Nullable Duration limit) {
        if (limit == null) {
            return NEVER;
        }
        return limit.toSeconds() > Integer.MAX_VALUE ? NEVER : limit.toNanos();
    }

    private long now() {
        return System.nanoTime() - started;
    }

    private long in(long nanos) {
        return nanos == NEVER ? NEVER : now() + nanos;
    }

    /** The address tried now has been since {@code nanoTime}. */
    void attemptSince(long nanoTime) {
        long limit = nanos(limits.sockConnect());
        attemptAt = limit == NEVER ? NEVER : nanoTime - started + limit;
    }

    /** There is a connection. */
    void connected() {
        connectAt = NEVER;
        attemptAt = NEVER;
    }

    /** It is connected again. */
    void connects() {
        connectAt = in(nanos(limits.connect()));
        readAt = NEVER;
        enter(Phase.POOL);
    }

    /** Bytes are waited for from now on. */
    void readStarts() {
        if (sockRead != NEVER) {
            readAt = now() + sockRead;
        }
    }

    /** No bytes are waited for. */
    void readStops() {
        readAt = NEVER;
    }

    private long next() {
        return Math.min(Math.min(Math.min(total, phaseAt), connectAt), Math.min(attemptAt, readAt));
    }

    /** Sees to it that the timer fires when the next limit passes, or before. */
    void watch(Timers timers) {
        long next = next();
        if (next == NEVER) {
            return;
        }
        synchronized (this) {
            if (!over && next < timerAt) {
                cancelTimer();
                timerAt = next;
                timer = timers.at(started + next, this);
            }
        }
    }

    /** The timer fires. */
    @Override
    public void run() {
        synchronized (this) {
            timer = null;
            timerAt = NEVER;
        }
        onTimer.run();
    }

    /** Ends the watch. */
    synchronized void cancel() {
        over = true;
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether a limit has passed. */
    boolean due() {
        return next() <= now();
    }

    /** Whether it is the limit of one attempt alone that has passed. */
    boolean isAttemptDue() {
        return attemptAt == next() && phaseAt != attemptAt && due();
    }

    /** The error for the limit that has passed. */
    ClientTimeoutException error(RequestInfo request, Phase at, PoolStats pool, PoolStats host) {
        long next = next();
        if (next == total) {
            return error("total", limits.total(), request, at, pool, host);
        } else if (next == phaseAt) {
            return error(nameOf(phase), limitOf(phase), request, at, pool, host);
        } else if (next == connectAt) {
            return error("connect", limits.connect(), request, at, pool, host);
        } else if (next == attemptAt) {
            return error("sockConnect", limits.sockConnect(), request, at, pool, host);
        }
        return error("sockRead", limits.sockRead(), request, at, pool, host);
    }

    private ClientTimeoutException error(
            String name, @Nullable Duration limit, RequestInfo request, Phase at, PoolStats pool, PoolStats host) {
        Duration passed = limit == null ? Duration.ZERO : limit;
        Duration elapsed = Duration.ofNanos(now());
        return new ClientTimeoutException(at, name, passed, elapsed, request.method(), request.url(), pool, host);
    }
}

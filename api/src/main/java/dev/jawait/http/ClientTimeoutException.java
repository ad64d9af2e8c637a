package dev.jawait.http;

import dev.jawait.AsyncTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time limit of a session or request was reached; says which, in what phase, and where the time went. */
public class ClientTimeoutException extends AsyncTimeoutException {
    private static final long serialVersionUID = 1L;

    private final Phase phase;
    private final String limitName;
    private final Duration limit;
    private final Duration elapsed;
    private final String method;
    private final URI url;
    private final @Nullable PoolStats poolStats;
    private final @Nullable PoolStats hostStats;

    /**
     * @param phase what the request was doing
     * @param limitName which limit passed: by its name in {@link ClientTimeout}
     * @param elapsed since the request began
     * @param pool what the pool held, if known
     * @param host what the pool held for the host of the request, if known
     */
    public ClientTimeoutException(
            Phase phase,
            String limitName,
            Duration limit,
            Duration elapsed,
            String method,
            URI url,
            @Nullable PoolStats pool,
            @Nullable PoolStats host) {
        super(message(phase, limitName, limit, elapsed, method, url) + held("pool", pool) + held("this host", host));
        this.phase = phase;
        this.limitName = limitName;
        this.limit = limit;
        this.elapsed = elapsed;
        this.method = method;
        this.url = url;
        this.poolStats = pool;
        this.hostStats = host;
    }

    private static String message(
            Phase phase, String limitName, Duration limit, Duration elapsed, String method, URI url) {
        return method + " " + url + ": time limit " + limitName + "=" + limit.toMillis() + " ms passed in phase "
                + phase + " after " + elapsed.toMillis() + " ms";
    }

    private static String held(String where, @Nullable PoolStats stats) {
        return stats == null
                ? ""
                : "; " + where + ": " + stats.inUse() + " in use, " + stats.idle() + " idle, " + stats.waiting()
                        + " waiting";
    }

    /** What the request was doing. */
    public Phase phase() {
        return phase;
    }

    /** Which limit passed, by the name it has in {@link ClientTimeout}. */
    public String limitName() {
        return limitName;
    }

    /** The limit that passed. */
    public Duration limit() {
        return limit;
    }

    /** How long the request had taken. */
    public Duration elapsed() {
        return elapsed;
    }

    /** The method of the request. */
    public String method() {
        return method;
    }

    /** The URL of the request, without a user, password or fragment. */
    public URI url() {
        return url;
    }

    /** What the pool held then, the request itself included; null where an engine other than the pooled one sent it. */
    public @Nullable PoolStats poolStats() {
        return poolStats;
    }

    /** What the pool held then for the host of the request; null where an engine other than the pooled one sent it. */
    public @Nullable PoolStats hostStats() {
        return hostStats;
    }
}

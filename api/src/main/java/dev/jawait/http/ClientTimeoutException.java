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

    /**
     * @param phase what the request was doing
     * @param limitName which limit passed: by its name in {@link ClientTimeout}
     * @param elapsed since the request began
     * @param pool what the pool held, if known
     */
    public ClientTimeoutException(
            Phase phase,
            String limitName,
            Duration limit,
            Duration elapsed,
            String method,
            URI url,
            @Nullable PoolStats pool) {
        super(message(phase, limitName, limit, elapsed, method, url, pool));
        this.phase = phase;
        this.limitName = limitName;
        this.limit = limit;
        this.elapsed = elapsed;
        this.method = method;
        this.url = url;
    }

    private static String message(
            Phase phase,
            String limitName,
            Duration limit,
            Duration elapsed,
            String method,
            URI url,
            @Nullable PoolStats pool) {
        String held = pool == null
                ? ""
                : "; pool: " + pool.inUse() + " in use, " + pool.idle() + " idle, " + pool.waiting() + " waiting";
        return method + " " + url + ": time limit " + limitName + "=" + limit.toMillis() + " ms passed in phase "
                + phase + " after " + elapsed.toMillis() + " ms" + held;
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
}

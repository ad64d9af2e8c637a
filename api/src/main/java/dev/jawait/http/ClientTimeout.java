package dev.jawait.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of a request: aiohttp's {@code ClientTimeout}. A limit that passes is a
 * {@link ClientTimeoutException} that names it. Unlike aiohttp's, a builder starts from the defaults, not from no limits
 * at all; {@link Duration#ZERO} switches a limit off.
 *
 * @param total the whole, from the wait for a connection through all redirects to the end of the body; 5 minutes if
 *     not said; null: no limit
 * @param connect getting a connection: the wait for a place in the pool, DNS, TCP, a proxy and TLS; null: no limit
 * @param sockConnect opening one connection, TCP, a proxy and TLS; 30 seconds if not said; null: no limit
 * @param sockRead the silence between two portions received; does not run while the body is not being read; null: no
 *     limit
 */
public record ClientTimeout(
        @Nullable Duration total,
        @Nullable Duration connect,
        @Nullable Duration sockConnect,
        @Nullable Duration sockRead) {
    /** The limits a session has if nothing is said: 5 minutes in all, 30 seconds for opening a connection. */
    public static final ClientTimeout DEFAULT =
            new ClientTimeout(Duration.ofMinutes(5), null, Duration.ofSeconds(30), null);

    /** No limits. */
    public static final ClientTimeout NONE = new ClientTimeout(null, null, null, null);

    /**
     * Zero stands for no limit.
     *
     * @throws IllegalArgumentException if a limit is negative
     */
    public ClientTimeout {
        total = limit("total", total);
        connect = limit("connect", connect);
        sockConnect = limit("sockConnect", sockConnect);
        sockRead = limit("sockRead", sockRead);
    }

    private static @Nullable Duration limit(String name, @Nullable Duration limit) {
        if (limit != null && limit.isNegative()) {
            throw new IllegalArgumentException("The time limit " + name + " is negative: " + limit);
        }
        return limit == null || limit.isZero() ? null : limit;
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /** A builder that starts from these. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds a {@link ClientTimeout}. */
    public static final class Builder {
        private @Nullable Duration total;
        private @Nullable Duration connect;
        private @Nullable Duration sockConnect;
        private @Nullable Duration sockRead;

        private Builder(ClientTimeout from) {
            total = from.total;
            connect = from.connect;
            sockConnect = from.sockConnect;
            sockRead = from.sockRead;
        }

        /** See {@link ClientTimeout#total()}. */
        public Builder total(@Nullable Duration limit) {
            total = limit;
            return this;
        }

        /** See {@link ClientTimeout#connect()}. */
        public Builder connect(@Nullable Duration limit) {
            connect = limit;
            return this;
        }

        /** See {@link ClientTimeout#sockConnect()}. */
        public Builder sockConnect(@Nullable Duration limit) {
            sockConnect = limit;
            return this;
        }

        /** See {@link ClientTimeout#sockRead()}. */
        public Builder sockRead(@Nullable Duration limit) {
            sockRead = limit;
            return this;
        }

        /** The limits. */
        public ClientTimeout build() {
            return new ClientTimeout(total, connect, sockConnect, sockRead);
        }
    }
}

package dev.jawait.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of a request: aiohttp's {@code ClientTimeout}, and one for each phase beside. A limit that passes is a
 * {@link ClientTimeoutException} that names it, and the connection is closed. Unlike aiohttp's, a builder starts from the
 * defaults, not from no limits at all; {@link Duration#ZERO} switches a limit off. Where nothing is said of a default, null
 * is it: no limit.
 *
 * <p>{@code withTimeout} around a request counts, too: whichever limit passes first ends it.
 *
 * @param total the whole, from the wait for a connection through all redirects and attempts to the end of the body; 5
 *     minutes if not said
 * @param pool the wait for a connection, or for a place to open one; begins anew where a dead connection is replaced
 * @param dns looking the host up
 * @param connect getting a connection: pool, DNS, TCP, proxy and TLS together
 * @param sockConnect opening one connection, TCP, proxy and TLS, for each address that is tried; 30 seconds if not said
 * @param proxy asking a proxy for a tunnel
 * @param tls the TLS handshake
 * @param write the time in which the system takes nothing more of the request, until it has all
 * @param firstByte from there to the end of the response's head
 * @param sockRead the silence between two portions received; does not run while the body is not being read
 */
public record ClientTimeout(
        @Nullable Duration total,
        @Nullable Duration pool,
        @Nullable Duration dns,
        @Nullable Duration connect,
        @Nullable Duration sockConnect,
        @Nullable Duration proxy,
        @Nullable Duration tls,
        @Nullable Duration write,
        @Nullable Duration firstByte,
        @Nullable Duration sockRead) {
    /** No limits. */
    public static final ClientTimeout NONE =
            new ClientTimeout(null, null, null, null, null, null, null, null, null, null);

    /** The limits a session has if nothing is said: 5 minutes in all, 30 seconds for opening a connection. */
    public static final ClientTimeout DEFAULT = new Builder(NONE)
            .total(Duration.ofMinutes(5))
            .sockConnect(Duration.ofSeconds(30))
            .build();

    /**
     * Zero stands for no limit.
     *
     * @throws IllegalArgumentException if a limit is negative
     */
    public ClientTimeout {
        total = limit("total", total);
        pool = limit("pool", pool);
        dns = limit("dns", dns);
        connect = limit("connect", connect);
        sockConnect = limit("sockConnect", sockConnect);
        proxy = limit("proxy", proxy);
        tls = limit("tls", tls);
        write = limit("write", write);
        firstByte = limit("firstByte", firstByte);
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
        private @Nullable Duration pool;
        private @Nullable Duration dns;
        private @Nullable Duration connect;
        private @Nullable Duration sockConnect;
        private @Nullable Duration proxy;
        private @Nullable Duration tls;
        private @Nullable Duration write;
        private @Nullable Duration firstByte;
        private @Nullable Duration sockRead;

        private Builder(ClientTimeout from) {
            total = from.total;
            pool = from.pool;
            dns = from.dns;
            connect = from.connect;
            sockConnect = from.sockConnect;
            proxy = from.proxy;
            tls = from.tls;
            write = from.write;
            firstByte = from.firstByte;
            sockRead = from.sockRead;
        }

        /** See {@link ClientTimeout#total()}. */
        public Builder total(@Nullable Duration limit) {
            total = limit;
            return this;
        }

        /** See {@link ClientTimeout#pool()}. */
        public Builder pool(@Nullable Duration limit) {
            pool = limit;
            return this;
        }

        /** See {@link ClientTimeout#dns()}. */
        public Builder dns(@Nullable Duration limit) {
            dns = limit;
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

        /** See {@link ClientTimeout#proxy()}. */
        public Builder proxy(@Nullable Duration limit) {
            proxy = limit;
            return this;
        }

        /** See {@link ClientTimeout#tls()}. */
        public Builder tls(@Nullable Duration limit) {
            tls = limit;
            return this;
        }

        /** See {@link ClientTimeout#write()}. */
        public Builder write(@Nullable Duration limit) {
            write = limit;
            return this;
        }

        /** See {@link ClientTimeout#firstByte()}. */
        public Builder firstByte(@Nullable Duration limit) {
            firstByte = limit;
            return this;
        }

        /** See {@link ClientTimeout#sockRead()}. */
        public Builder sockRead(@Nullable Duration limit) {
            sockRead = limit;
            return this;
        }

        /** The limits. */
        public ClientTimeout build() {
            return new ClientTimeout(total, pool, dns, connect, sockConnect, proxy, tls, write, firstByte, sockRead);
        }
    }
}

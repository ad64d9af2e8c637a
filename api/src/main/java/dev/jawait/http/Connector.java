package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.time.Duration;

/** A pool of connections, for one session or shared by several: aiohttp's {@code TCPConnector}. */
public interface Connector extends AutoCloseable {
    /** A pool with the defaults. */
    static Connector create() {
        return builder().build();
    }

    /** A builder with the defaults. */
    static Builder builder() {
        return HttpRuntime.get().connectorBuilder();
    }

    /** What the pool holds now. */
    PoolStats stats();

    /** Closes all connections, those in use too, and fails who waits. Does not block; calling it again does nothing. */
    @Override
    void close();

    /** Builds a {@link Connector}. */
    interface Builder {
        /** How many connections there may be in all, idle ones included; 100 if not said, 0 for no limit. */
        Builder limit(int limit);

        /**
         * How many connections there may be to one origin, by each proxy and with each TLS settings; 0, no limit, if not
         * said.
         */
        Builder limitPerHost(int limit);

        /** How long a connection may idle and still be used again; 15 seconds if not said, zero: never used again. */
        Builder keepAliveTimeout(Duration timeout);

        /** How TLS is spoken with all origins, and https proxies, that have no settings of their own. */
        Builder tls(TlsSettings settings);

        /**
         * How TLS is spoken with one origin, or one https proxy.
         *
         * @param origin such as {@code https://host} or {@code https://host:8443}
         * @throws IllegalArgumentException if it is no origin of an https URL
         */
        Builder tls(String origin, TlsSettings settings);

        /** {@link #tls(TlsSettings)} with the trust and certificates of {@code context}. */
        Builder sslContext(javax.net.ssl.SSLContext context);

        /** Makes the pool. */
        Connector build();
    }
}

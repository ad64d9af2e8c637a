package dev.jawait.http;

import dev.jawait.Coroutine;
import dev.jawait.spi.HttpRuntime;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A pool of connections, for one session or shared by several: aiohttp's {@code TCPConnector}.
 *
 * <p>A connector that is collected without having been closed is closed then, and logged with where it was created.
 */
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

    /**
     * What the pool holds now for each host, by its origin, such as {@code https://example.org} or
     * {@code http://localhost:8080}. Hosts for which there is nothing are not in it. Empty for an engine of Ktor's.
     */
    Map<String, PoolStats> statsByHost();

    /**
     * Opens connections to the host of {@code url}, TLS included, until {@code count} are idle; all at once, each within
     * the default time limits for connecting. They take only places that are free: no other connection is closed for them,
     * and no request waits behind them. Like all idle connections they are closed after the keep-alive timeout; where that
     * is zero, none is opened. They go to the host directly, with the TLS settings of the connector: requests by a proxy, or
     * with settings of their own, do not use them.
     *
     * <p>Results in how many are idle to that host now. Where none is, because none could be opened, it ends as a request
     * would: with {@link ClientConnectorException}, {@link ClientTimeoutException} and so on. A cancel closes what is still
     * being opened; what is open stays. Ends with {@link UnsupportedOperationException} for an engine of Ktor's.
     *
     * @param url any URL of the host
     * @throws IllegalArgumentException if {@code count} is negative
     */
    Coroutine<Integer> warmUp(String url, int count);

    /** Forgets the addresses of all hosts, so that the next connection looks its host up; does not touch connections. */
    void clearDnsCache();

    /**
     * As {@link #close()}, but lets run what runs: from now on new requests are refused with a
     * {@link ClientConnectionException}, those that were there, waiting ones included, go on until they have ended or
     * {@code limit} has passed. A request counts as ended when the last byte of its response has come; what a redirect
     * leads to is a new one, so close a session first, by its own {@link ClientSession#closeGracefully}.
     *
     * <p>Results in whether all ended by themselves. A cancel closes at once. Nothing happens before the coroutine is
     * awaited or started.
     *
     * @param limit zero: nothing is waited for
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    Coroutine<Boolean> closeGracefully(Duration limit);

    /**
     * Closes all connections, those in use too, and fails who waits. Does not block; calling it again does nothing.
     *
     * @see #closeGracefully
     */
    @Override
    void close();

    /** Builds a {@link Connector}. */
    interface Builder {
        /**
         * How many connections there may be in all, idle ones included; 100 if not said, 0 for no limit. At the limit, the one that has
         * idled longest is closed for a request to another host: at once if that host has fewer connections, else once it has
         * idled for 20 ms.
         */
        Builder limit(int limit);

        /**
         * How many connections there may be to one origin, by each proxy and with each TLS settings; 0, no limit, if not
         * said.
         */
        Builder limitPerHost(int limit);

        /**
         * How long a connection may idle and still be used again; 15 seconds if not said, zero: never used again. What a
         * server says with {@code Keep-Alive: timeout=…, max=…} counts where it is less.
         */
        Builder keepAliveTimeout(Duration timeout);

        /**
         * How old a connection may be and still be used again, whatever it has done since; no limit if not said. Lets
         * changes of DNS and of load balancers come through. A request that is being served is not disturbed.
         *
         * @throws IllegalArgumentException if {@code age} is not positive
         */
        Builder maxAge(Duration age);

        /**
         * How large the head of a response may be; beyond, it is a {@link ClientResponseException}. Bytes of the first line
         * and of each header field, and the number of fields: 8190, 8190 and 128 if not said, as in aiohttp.
         *
         * @throws IllegalArgumentException if one is not positive
         */
        Builder headLimits(int maxLineSize, int maxFieldSize, int maxHeaders);

        /**
         * About how many bytes of a body are received before they are asked for; 64 KiB if not said. Beyond that the server
         * waits.
         *
         * @throws IllegalArgumentException if {@code bytes} is not positive
         */
        Builder readBufferSize(int bytes);

        /**
         * How long after one address of a host the next one is tried beside it (Happy Eyeballs, RFC 8305); at once if the
         * first fails. The first that connects wins, the others are closed. 250 milliseconds if not said; zero: the next
         * one is tried only when the one before has failed, or its limit {@code sockConnect} has passed.
         *
         * @throws IllegalArgumentException if {@code delay} is negative, or between zero and 10 milliseconds, the least
         *     that RFC 8305 allows
         */
        Builder happyEyeballsDelay(Duration delay);

        /** Which addresses may be used, and which first; {@link AddressFamily#ANY} if not said. */
        Builder addressFamily(AddressFamily family);

        /**
         * Which address of this machine connections come from, on any port; the system's choice if not said. Hosts are then
         * reached by addresses of its family alone.
         */
        Builder localAddress(InetAddress address);

        /**
         * Sends every request, whatever its host, to the Unix domain socket at {@code path}: aiohttp's
         * {@code UnixConnector}. No name is looked up. The URL still says what the {@code Host} header, TLS and cookies are
         * about. A path where nobody listens, or that this process may not use, is a {@link ClientConnectorException} that
         * names it.
         */
        Builder unixSocket(Path path);

        /** What looks hosts up; the JDK if not said. The connector does not close it. */
        Builder resolver(Resolver resolver);

        /**
         * How long the addresses of a host are kept; 10 seconds if not said. Zero: each new connection looks its host up,
         * though look-ups of one host at the same time are still one. Addresses are kept for the 1000 hosts used last, and
         * take turns: each use begins with the next one.
         */
        Builder dnsCacheTtl(Duration ttl);

        /**
         * How long the failure of a look-up is kept; zero, not at all, if not said. The JDK's resolver keeps its own for 10
         * seconds ({@code networkaddress.cache.negative.ttl}).
         */
        Builder dnsNegativeTtl(Duration ttl);

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

        /**
         * Makes the pool.
         *
         * @throws IllegalArgumentException if settings contradict each other: a local address of another family than
         *     {@link #addressFamily} allows, or a Unix socket beside a local address, a family or a resolver
         */
        Connector build();
    }
}

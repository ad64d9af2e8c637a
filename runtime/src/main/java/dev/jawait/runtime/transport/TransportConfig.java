package dev.jawait.runtime.transport;

import dev.jawait.runtime.net.TlsContext;
import java.time.Duration;

/**
 * The settings of a transport.
 *
 * @param limit how many connections there may be in all, idle ones included; 0: no limit
 * @param limitPerHost how many connections there may be to one origin; 0: no limit
 * @param keepAliveTimeout how long a connection may idle and still be used again; zero: never used again
 * @param tls how TLS is spoken
 */
public record TransportConfig(int limit, int limitPerHost, Duration keepAliveTimeout, TlsChoice tls) {
    /** 100 connections, no limit to one origin, 15 seconds of idling, the JDK's TLS. */
    public static final TransportConfig DEFAULT =
            new TransportConfig(100, 0, Duration.ofSeconds(15), new TlsChoice(TlsContext.DEFAULT));

    /** @throws IllegalArgumentException if a limit or the time is negative */
    public TransportConfig {
        if (limit < 0 || limitPerHost < 0 || keepAliveTimeout.isNegative()) {
            throw new IllegalArgumentException("Negative: limit " + limit + ", limit per host " + limitPerHost
                    + ", keep-alive time " + keepAliveTimeout);
        }
    }
}

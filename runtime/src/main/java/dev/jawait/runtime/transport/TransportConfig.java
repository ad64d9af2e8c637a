package dev.jawait.runtime.transport;

import dev.jawait.runtime.net.Dialing;
import dev.jawait.runtime.net.Dns;
import dev.jawait.runtime.net.TlsContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a transport.
 *
 * @param limit how many connections there may be in all, idle ones included; 0: no limit
 * @param limitPerHost how many connections there may be to one origin; 0: no limit
 * @param keepAliveTimeout how long a connection may idle and still be used again; zero: never used again
 * @param maxAge how old a connection may be and still be used again; null: no limit
 * @param head how large the head of a response may be
 * @param bodyBuffer how many bytes of a body are received before they are asked for
 * @param tls how TLS is spoken
 * @param dns how hosts are looked up
 * @param dialing how sockets are connected
 */
public record TransportConfig(
        int limit,
        int limitPerHost,
        Duration keepAliveTimeout,
        @Nullable Duration maxAge,
        HeadLimits head,
        int bodyBuffer,
        TlsChoice tls,
        Dns dns,
        Dialing dialing) {
    /** 100 connections, no limit to one origin, 15 seconds of idling, any age, 64 KiB, the JDK's TLS and DNS. */
    public static final TransportConfig DEFAULT = new TransportConfig(
            100,
            0,
            Duration.ofSeconds(15),
            null,
            HeadLimits.DEFAULT,
            64 * 1024,
            new TlsChoice(TlsContext.DEFAULT),
            Dns.DEFAULT,
            Dialing.DEFAULT);

    /** @throws IllegalArgumentException if a limit or the time is negative */
    public TransportConfig {
        if (limit < 0 || limitPerHost < 0 || keepAliveTimeout.isNegative()) {
            throw new IllegalArgumentException("Negative: limit " + limit + ", limit per host " + limitPerHost
                    + ", keep-alive time " + keepAliveTimeout);
        }
    }
}

package dev.jawait.runtime.net;

import dev.jawait.http.Resolver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * How hosts are looked up.
 *
 * @param ttl how long addresses are kept; zero: not at all
 * @param negativeTtl how long failures are kept; zero: not at all
 */
public record Dns(Resolver resolver, Duration ttl, Duration negativeTtl) {
    /** By the JDK; addresses are kept for ten seconds, failures not at all. */
    public static final Dns DEFAULT =
            new Dns(host -> List.of(InetAddress.getAllByName(host)), Duration.ofSeconds(10), Duration.ZERO);

    long ttlNanos() {
        return Nanos.of(ttl);
    }

    long negativeTtlNanos() {
        return Nanos.of(negativeTtl);
    }
}

package dev.jawait.runtime.net;

import dev.jawait.http.AddressFamily;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How sockets are connected.
 *
 * @param family to which addresses of a host; those of the family of {@code local}, if there is one
 * @param local where from; null: the system decides
 * @param unixSocket where to, whatever the host; null: to the host
 * @param delay how long after one address the next is tried beside it; zero: not before the first has failed
 */
public record Dialing(
        AddressFamily family,
        @Nullable InetSocketAddress local,
        @Nullable Path unixSocket,
        Duration delay) {
    /** By any address, from any, 250 milliseconds apart: what RFC 8305 recommends, section 5. */
    public static final Dialing DEFAULT = new Dialing(AddressFamily.ANY, null, null, Duration.ofMillis(250));

    /** An address of one family cannot reach the other. */
    public Dialing {
        if (local != null && !local.getAddress().isAnyLocalAddress()) {
            family = local.getAddress() instanceof Inet6Address ? AddressFamily.IPV6 : AddressFamily.IPV4;
        }
    }

    /** The same from {@code local}. */
    public Dialing from(@Nullable InetSocketAddress local) {
        return new Dialing(family, local, unixSocket, delay);
    }
}

package dev.jawait.runtime.net;

import dev.jawait.http.AddressFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a look-up found, one address at least. */
public final class HostAddresses {
    private final List<InetAddress> found;
    private final AtomicInteger uses = new AtomicInteger();

    HostAddresses(List<InetAddress> found) {
        this.found = found;
    }

    /** The one that the resolver named first. */
    public InetAddress first() {
        return found.get(0);
    }

    /**
     * Those that {@code family} allows, families in turn (RFC 8305, section 4). Each use begins with the next address of a
     * family, so that all of a host's addresses get their share; none, if it has none of the family.
     */
    public List<InetAddress> next(AddressFamily family) {
        int use = uses.getAndIncrement();
        List<InetAddress> six = family == AddressFamily.IPV4 ? List.of() : turned(true, use);
        List<InetAddress> four = family == AddressFamily.IPV6 ? List.of() : turned(false, use);
        return isSixFirst(family) ? inTurn(six, four) : inTurn(four, six);
    }

    private boolean isSixFirst(AddressFamily family) {
        return family == AddressFamily.ANY ? first() instanceof Inet6Address : family == AddressFamily.PREFER_IPV6;
    }

    private List<InetAddress> turned(boolean six, int use) {
        List<InetAddress> addresses = new ArrayList<>(found);
        addresses.removeIf(address -> address instanceof Inet6Address != six);
        if (!addresses.isEmpty()) {
            Collections.rotate(addresses, -Math.floorMod(use, addresses.size()));
        }
        return addresses;
    }

    private static List<InetAddress> inTurn(List<InetAddress> one, List<InetAddress> other) {
        List<InetAddress> inTurn = new ArrayList<>(one.size() + other.size());
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            addIfThere(inTurn, one, i);
            addIfThere(inTurn, other, i);
        }
        return inTurn;
    }

    private static void addIfThere(List<InetAddress> to, List<InetAddress> from, int index) {
        if (index < from.size()) {
            to.add(from.get(index));
        }
    }
}

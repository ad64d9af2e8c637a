package dev.jawait.runtime.net;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Addresses of hosts. Found ones are kept for ten seconds; who asks for a host that is being looked up joins in. */
public final class Resolver {
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int KEEP_COUNT = 1000;

    /** Looks a name up, and blocks meanwhile. */
    public interface Lookup {
        /** The addresses of {@code host}. */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    private record Entry(CompletableFuture<List<InetAddress>> addresses, long made) {
        boolean isStale() {
            return addresses.isDone() && System.nanoTime() - made > KEEP_NANOS;
        }
    }

    private final Lookup lookup;
    private final Executor blocking;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** @param blocking runs {@code lookup} */
    public Resolver(Lookup lookup, Executor blocking) {
        this.lookup = lookup;
        this.blocking = blocking;
    }

    /**
     * The addresses of {@code host}, families in turn; fails with {@link UnknownHostException}, or with
     * {@link IllegalArgumentException} for what looks like an IPv4 address and is none. Not to be completed or cancelled by
     * who asks.
     */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return literal(host, literal);
        }
        if (endsInNumber(host)) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("Not a host: " + host));
        }
        return named(host);
    }

    /** Whether there is nothing to look up for {@code host}. */
    public boolean knows(String host) {
        Entry known = entries.get(host);
        return known != null && known.addresses.isDone() && !known.isStale()
                || NetUtil.createByteArrayFromIpAddressString(host) != null
                || endsInNumber(host);
    }

    private static CompletableFuture<List<InetAddress>> literal(String host, byte[] bytes) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getByAddress(host, bytes)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The JDK would take {@code 127.1} and {@code 2130706433} for addresses. */
    private static boolean endsInNumber(String host) {
        String label = host.substring(host.lastIndexOf('.') + 1);
        return label.startsWith("0x") || !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private CompletableFuture<List<InetAddress>> named(String host) {
        Entry known = entries.get(host);
        if (known != null && !known.isStale()) {
            return known.addresses;
        }
        Entry made = new Entry(new CompletableFuture<>(), System.nanoTime());
        Entry entry = entries.compute(host, (name, old) -> old == null || old.isStale() ? made : old);
        if (entry == made) {
            makeRoom();
            start(host, made);
        }
        return entry.addresses;
    }

    private void makeRoom() {
        if (entries.size() > KEEP_COUNT) {
            entries.values().removeIf(entry -> entry.addresses.isDone());
        }
    }

    private void start(String host, Entry entry) {
        try {
            blocking.execute(() -> lookUp(host, entry));
        } catch (RejectedExecutionException e) {
            fail(host, entry, e);
        }
    }

    private void lookUp(String host, Entry entry) {
        try {
            entry.addresses.complete(inTurn(lookup.lookUp(host)));
        } catch (UnknownHostException | RuntimeException e) {
            fail(host, entry, e);
        }
    }

    private void fail(String host, Entry entry, Exception cause) {
        entries.remove(host, entry);
        entry.addresses.completeExceptionally(failure(host, cause));
    }

    private static UnknownHostException failure(String host, Exception cause) {
        if (cause instanceof UnknownHostException unknown) {
            return unknown;
        }
        UnknownHostException failure = new UnknownHostException(host + ": " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** IPv6, IPv4, IPv6, … beginning with the family that came first. */
    static List<InetAddress> inTurn(InetAddress... addresses) {
        boolean firstIs6 = addresses[0] instanceof Inet6Address;
        ArrayDeque<InetAddress> one = new ArrayDeque<>(Arrays.asList(addresses));
        ArrayDeque<InetAddress> other = new ArrayDeque<>(one);
        one.removeIf(address -> address instanceof Inet6Address != firstIs6);
        other.removeIf(address -> address instanceof Inet6Address == firstIs6);
        List<InetAddress> inTurn = new ArrayList<>(addresses.length);
        while (inTurn.size() < addresses.length) {
            addNext(inTurn, one);
            addNext(inTurn, other);
        }
        return inTurn;
    }

    private static void addNext(List<InetAddress> to, ArrayDeque<InetAddress> from) {
        InetAddress next = from.poll();
        if (next != null) {
            to.add(next);
        }
    }
}

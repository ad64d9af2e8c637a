package dev.jawait.runtime.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Addresses of hosts, kept for a while; who asks for a host that is being looked up joins in. Safe from any thread. */
public final class CachingResolver {
    private static final int KEEP_COUNT = 1000;

    private final Dns dns;
    private final Executor blocking;
    private final LongSupplier nanoTime;

    /** In the order of their use, the latest last. Guarded by itself. */
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > KEEP_COUNT;
        }
    };

    /** One look-up, running or ended. */
    private static final class Entry {
        final CompletableFuture<HostAddresses> addresses = new CompletableFuture<>();
        volatile long expires;
    }

    /** @param blocking runs the look-ups */
    public CachingResolver(Dns dns, Executor blocking) {
        this(dns, blocking, System::nanoTime);
    }

    CachingResolver(Dns dns, Executor blocking, LongSupplier nanoTime) {
        this.dns = dns;
        this.blocking = blocking;
        this.nanoTime = nanoTime;
    }

    /**
     * The addresses of {@code host}; fails with {@link UnknownHostException}, or with {@link IllegalArgumentException} for
     * what looks like an IPv4 address and is none. Not to be completed or cancelled by who asks.
     */
    public CompletableFuture<HostAddresses> resolve(String host) {
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
        Entry known;
        synchronized (entries) {
            known = entries.get(host);
        }
        return known != null && known.addresses.isDone() && !isStale(known)
                || NetUtil.createByteArrayFromIpAddressString(host) != null
                || endsInNumber(host);
    }

    /** Forgets all; look-ups that run go on for who waits for them. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private static CompletableFuture<HostAddresses> literal(String host, byte[] bytes) {
        try {
            return CompletableFuture.completedFuture(new HostAddresses(List.of(InetAddress.getByAddress(host, bytes))));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The JDK would take {@code 127.1} and {@code 2130706433} for addresses. */
    private static boolean endsInNumber(String host) {
        String label = host.substring(host.lastIndexOf('.') + 1);
        return label.startsWith("0x") || !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private CompletableFuture<HostAddresses> named(String host) {
        Entry made;
        synchronized (entries) {
            Entry known = entries.get(host);
            if (known != null && !isStale(known)) {
                return known.addresses;
            }
            made = new Entry();
            entries.put(host, made);
        }
        start(host, made);
        return made.addresses;
    }

    private boolean isStale(Entry entry) {
        return entry.addresses.isDone() && nanoTime.getAsLong() - entry.expires >= 0;
    }

    private void start(String host, Entry entry) {
        try {
            blocking.execute(() -> lookUp(host, entry));
        } catch (RuntimeException e) {
            fail(host, entry, e);
        }
    }

    private void lookUp(String host, Entry entry) {
        try {
            HostAddresses found = new HostAddresses(checked(host, dns.resolver().resolve(host)));
            keep(host, entry, dns.ttlNanos());
            entry.addresses.complete(found);
        } catch (Throwable e) {
            // Whatever a resolver throws: who waits must hear of it.
            fail(host, entry, e);
        }
    }

    private static List<InetAddress> checked(String host, List<InetAddress> found) throws UnknownHostException {
        if (found == null) {
            throw new UnknownHostException(host + ": the resolver returned null in place of addresses");
        }
        if (found.isEmpty() || found.stream().anyMatch(Objects::isNull)) {
            throw new UnknownHostException(
                    host + ": the resolver returned " + (found.isEmpty() ? "no address" : "null as an address"));
        }
        return List.copyOf(found);
    }

    private void fail(String host, Entry entry, Throwable cause) {
        keep(host, entry, dns.negativeTtlNanos());
        entry.addresses.completeExceptionally(failure(host, cause));
    }

    private void keep(String host, Entry entry, long nanos) {
        entry.expires = nanoTime.getAsLong() + nanos;
        if (nanos == 0) {
            synchronized (entries) {
                entries.remove(host, entry);
            }
        }
    }

    private static UnknownHostException failure(String host, Throwable cause) {
        if (cause instanceof UnknownHostException unknown) {
            return unknown;
        }
        UnknownHostException failure = new UnknownHostException(host + ": " + cause);
        failure.initCause(cause);
        return failure;
    }
}

package dev.jawait.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.http.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachingResolverTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Resolver SOMEWHERE = host -> {
        if (host.equals("nowhere")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName("10.0.0.1"));
    };

    private final ArrayDeque<Runnable> lookUps = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - 5;
    private CachingResolver resolver = caching(SOMEWHERE, TTL, Duration.ZERO);

    private CachingResolver caching(Resolver resolver, Duration ttl, Duration negativeTtl) {
        return new CachingResolver(new Dns(resolver, ttl, negativeTtl), lookUps::add, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private CompletableFuture<HostAddresses> lookedUp(String host) {
        CompletableFuture<HostAddresses> lookUp = resolver.resolve(host);
        lookUps.remove().run();
        assertTrue(lookUp.isDone());
        return lookUp;
    }

    private static Throwable failure(CompletableFuture<HostAddresses> lookUp) {
        return assertThrows(CompletionException.class, lookUp::join).getCause();
    }

    /** Case 29. */
    @Test
    void lookUpsOfOneHostAreOne() {
        CompletableFuture<HostAddresses> first = resolver.resolve("somewhere");
        assertSame(first, resolver.resolve("somewhere"));
        assertFalse(resolver.knows("somewhere"));
        assertEquals(1, lookUps.size());
        lookUps.remove().run();
        assertEquals("10.0.0.1", first.join().first().getHostAddress());
        assertTrue(resolver.knows("somewhere"));
    }

    /** Case 35. */
    @Test
    void addressesAreKeptForTheirTimeFromWhenTheyWereFound() {
        CompletableFuture<HostAddresses> first = resolver.resolve("somewhere");
        pass(TTL);
        lookUps.remove().run();
        pass(TTL.minusNanos(1));
        assertSame(first, resolver.resolve("somewhere"));
        pass(Duration.ofNanos(1));
        assertFalse(resolver.knows("somewhere"));
        assertNotSame(first, resolver.resolve("somewhere"));
        assertEquals(1, lookUps.size());
    }

    /** Case 35. */
    @Test
    void withoutACacheLookUpsAtTheSameTimeAreStillOne() {
        resolver = caching(SOMEWHERE, Duration.ZERO, Duration.ZERO);
        CompletableFuture<HostAddresses> first = resolver.resolve("somewhere");
        assertSame(first, resolver.resolve("somewhere"));
        lookUps.remove().run();
        assertTrue(lookUps.isEmpty());
        assertNotSame(first, resolver.resolve("somewhere"));
        assertEquals(1, lookUps.size());
    }

    /** Case 29. */
    @Test
    void aFailureReachesAllAndIsNotKept() {
        CompletableFuture<HostAddresses> first = resolver.resolve("nowhere");
        CompletableFuture<HostAddresses> second = resolver.resolve("nowhere");
        lookUps.remove().run();
        assertInstanceOf(UnknownHostException.class, failure(first));
        assertSame(failure(first), failure(second));
        resolver.resolve("nowhere");
        assertEquals(1, lookUps.size());
    }

    @Test
    void aFailureIsKeptForItsTimeIfAskedFor() {
        resolver = caching(SOMEWHERE, TTL, Duration.ofSeconds(1));
        CompletableFuture<HostAddresses> first = lookedUp("nowhere");
        assertSame(first, resolver.resolve("nowhere"));
        pass(Duration.ofSeconds(1));
        assertNotSame(first, resolver.resolve("nowhere"));
    }

    @Test
    void whatWasClearedIsLookedUpAgain() {
        CompletableFuture<HostAddresses> known = lookedUp("somewhere");
        CompletableFuture<HostAddresses> pending = resolver.resolve("elsewhere");
        resolver.clear();
        assertFalse(resolver.knows("somewhere"));
        assertNotSame(known, resolver.resolve("somewhere"));
        assertNotSame(pending, resolver.resolve("elsewhere"));
        lookUps.forEach(Runnable::run);
        assertEquals("10.0.0.1", pending.join().first().getHostAddress());
    }

    @Test
    void aThousandHostsAreKeptThoseUsedLast() {
        for (int i = 0; i < 1000; i++) {
            lookedUp("host" + i);
        }
        resolver.resolve("host0");
        lookedUp("one-more");
        assertTrue(resolver.knows("host0"));
        assertFalse(resolver.knows("host1"));
        assertTrue(resolver.knows("host2"));
    }

    private String complaint(Resolver faulty) {
        resolver = caching(faulty, TTL, Duration.ZERO);
        Throwable failure = failure(lookedUp("somewhere"));
        assertInstanceOf(UnknownHostException.class, failure);
        return failure.getMessage();
    }

    @Test
    @SuppressWarnings("NullAway")
    void whateverAResolverDoesWhoWaitsHearsOfIt() {
        assertTrue(complaint(host -> null).contains("somewhere: the resolver returned null"));
        assertTrue(complaint(host -> List.of()).contains("returned no address"));
        assertTrue(complaint(host -> Collections.singletonList(null)).contains("null as an address"));
        assertTrue(complaint(host -> {
                    throw new IllegalArgumentException("oh");
                })
                .contains("IllegalArgumentException: oh"));
        assertTrue(complaint(host -> {
                    throw new IOException("no route");
                })
                .contains("no route"));
        assertTrue(complaint(host -> {
                    throw new StackOverflowError();
                })
                .contains("StackOverflowError"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "2001:db8::1"})
    void literalsNeedNoLookUp(String host) throws Exception {
        assertEquals(InetAddress.getByName(host), resolver.resolve(host).join().first());
        assertEquals(0, lookUps.size());
    }

    /** Case 34. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f000001", "1.2.3.4.5", "256.1.1.1"})
    void whatLooksLikeAnAddressAndIsNoneIsRefused(String host) {
        assertInstanceOf(IllegalArgumentException.class, failure(resolver.resolve(host)));
        assertEquals(0, lookUps.size());
    }
}

package dev.jawait.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
    private final ArrayDeque<Runnable> lookUps = new ArrayDeque<>();
    private final Resolver resolver = new Resolver(ResolverTest::lookUp, lookUps::add);

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        if (host.equals("nowhere")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByName("10.0.0.1")};
    }

    @Test
    void lookUpsOfOneHostAreOne() {
        CompletableFuture<List<InetAddress>> first = resolver.resolve("somewhere");
        assertSame(first, resolver.resolve("somewhere"));
        assertEquals(1, lookUps.size());
        lookUps.remove().run();
        assertEquals(1, first.join().size());
        assertSame(first, resolver.resolve("somewhere"));
        assertEquals(0, lookUps.size());
    }

    @Test
    void aFailureReachesAllAndIsNotKept() {
        CompletableFuture<List<InetAddress>> first = resolver.resolve("nowhere");
        lookUps.remove().run();
        CompletionException error = assertThrows(CompletionException.class, first::join);
        assertInstanceOf(UnknownHostException.class, error.getCause());
        resolver.resolve("nowhere");
        assertEquals(1, lookUps.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "2001:db8::1"})
    void literalsNeedNoLookUp(String host) throws Exception {
        assertEquals(
                List.of(InetAddress.getByName(host)), resolver.resolve(host).join());
        assertEquals(0, lookUps.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f000001", "1.2.3.4.5", "256.1.1.1"})
    void whatLooksLikeAnAddressAndIsNoneIsRefused(String host) {
        CompletionException error = assertThrows(
                CompletionException.class, () -> resolver.resolve(host).join());
        assertInstanceOf(IllegalArgumentException.class, error.getCause());
        assertEquals(0, lookUps.size());
    }

    @Test
    void familiesTakeTurns() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        InetAddress otherSix = InetAddress.getByName("::2");
        InetAddress four = InetAddress.getByName("10.0.0.1");
        assertEquals(List.of(six, four, otherSix), Resolver.inTurn(six, otherSix, four));
        assertEquals(List.of(four, six, otherSix), Resolver.inTurn(four, six, otherSix));
    }
}

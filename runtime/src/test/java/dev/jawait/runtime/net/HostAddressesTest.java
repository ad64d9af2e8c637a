package dev.jawait.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawait.http.AddressFamily;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    private final InetAddress six = address("::1");
    private final InetAddress otherSix = address("::2");
    private final InetAddress four = address("10.0.0.1");
    private final InetAddress otherFour = address("10.0.0.2");
    private final InetAddress thirdFour = address("10.0.0.3");

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<InetAddress> first(AddressFamily family, InetAddress... found) {
        return new HostAddresses(List.of(found)).next(family);
    }

    @Test
    void familiesTakeTurnsBeginningWithTheFirstNamed() {
        assertEquals(List.of(six, four, otherSix), first(AddressFamily.ANY, six, otherSix, four));
        assertEquals(List.of(four, six, otherSix), first(AddressFamily.ANY, four, six, otherSix));
    }

    @Test
    void aPreferredFamilyComesFirst() {
        assertEquals(List.of(six, four, otherFour), first(AddressFamily.PREFER_IPV6, four, otherFour, six));
        assertEquals(List.of(four, six), first(AddressFamily.PREFER_IPV4, six, four));
        assertEquals(List.of(four), first(AddressFamily.PREFER_IPV6, four));
    }

    @Test
    void onlyTheFamilyAskedForIsUsed() {
        assertEquals(List.of(four), first(AddressFamily.IPV4, six, four));
        assertEquals(List.of(six), first(AddressFamily.IPV6, four, six));
        assertEquals(List.of(), first(AddressFamily.IPV6, four));
    }

    @Test
    void eachUseBeginsWithTheNextAddressOfTheFamily() {
        HostAddresses found = new HostAddresses(List.of(six, four, otherFour, thirdFour));
        assertEquals(List.of(six, four, otherFour, thirdFour), found.next(AddressFamily.ANY));
        assertEquals(List.of(six, otherFour, thirdFour, four), found.next(AddressFamily.ANY));
        assertEquals(List.of(thirdFour, four, otherFour), found.next(AddressFamily.IPV4));
        assertEquals(List.of(four, otherFour, thirdFour), found.next(AddressFamily.IPV4));
    }
}

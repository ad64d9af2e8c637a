package dev.jawait.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of hosts, in place of the JDK: aiohttp's {@code AbstractResolver}. May block: it is called on a thread
 * of its own, never on an event loop, and by several threads at once.
 *
 * <pre>{@code
 * Resolver withTestServer = host -> host.equals("api.example.org")
 *         ? List.of(InetAddress.getLoopbackAddress())
 *         : List.of(InetAddress.getAllByName(host));
 * }</pre>
 *
 * @see Connector.Builder#resolver(Resolver)
 */
@FunctionalInterface
public interface Resolver {
    /**
     * The addresses of {@code host}, the best first; one at least. They are kept for {@link Connector.Builder#dnsCacheTtl}, and
     * who asks for the same host meanwhile waits for this look-up. No time limit interrupts it: a request whose limit
     * passes leaves it behind. Whatever else than addresses comes of it, {@code null}, an empty list or any exception, is
     * a {@link ClientConnectorDnsException} for all who wait.
     *
     * @param host in lower case and in ASCII; never an IP address: those need no look-up
     * @throws IOException if there are none, or they cannot be found out
     */
    List<InetAddress> resolve(String host) throws IOException;
}

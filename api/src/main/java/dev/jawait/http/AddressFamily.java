package dev.jawait.http;

/**
 * Which addresses of a host connections may go to, and which are tried first. Where both families may be used they take
 * turns (RFC 8305, section 4).
 */
public enum AddressFamily {
    /** Both, beginning with the family that the resolver names first. */
    ANY,
    /** IPv4 alone. A host that has none is a {@link ClientConnectorDnsException}. */
    IPV4,
    /** IPv6 alone. A host that has none is a {@link ClientConnectorDnsException}. */
    IPV6,
    /** Both, beginning with IPv4. */
    PREFER_IPV4,
    /** Both, beginning with IPv6, as RFC 8305 recommends; the JDK's resolver names IPv4 first. */
    PREFER_IPV6
}

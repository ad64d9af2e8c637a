package dev.jawait.runtime.transport;

import org.jspecify.annotations.Nullable;

/** Which server. */
public final class Origin {
    private final boolean tls;
    private final String host;
    private final int port;

    /** Each request asks for it. */
    private final String authority;

    private final Route direct;

    /** @param host lower case; an IPv6 address without brackets */
    public Origin(boolean tls, String host, int port) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.authority = port == (tls ? 443 : 80) ? name() : hostAndPort();
        this.direct = new Route(this, null, null);
    }

    /** Whether TLS is spoken with it. */
    public boolean tls() {
        return tls;
    }

    /** In lower case; an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** The port, the scheme's own or another. */
    public int port() {
        return port;
    }

    /** The way to it without a proxy, with the transport's settings. */
    Route direct() {
        return direct;
    }

    /** As in the Host header: brackets around an IPv6 address, the port where it is not the scheme's own. */
    public String authority() {
        return authority;
    }

    private String name() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** With the port in any case: what CONNECT asks for (RFC 9110, section 9.3.6). */
    String hostAndPort() {
        return name() + ":" + port;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Origin origin
                        && tls == origin.tls
                        && port == origin.port
                        && host.equals(origin.host);
    }

    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + port) * 2 + (tls ? 1 : 0);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority;
    }
}

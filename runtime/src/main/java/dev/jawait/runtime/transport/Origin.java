package dev.jawait.runtime.transport;

/**
 * Which server.
 *
 * @param host lower case; an IPv6 address without brackets
 */
public record Origin(boolean tls, String host, int port) {
    /** As in the Host header: brackets around an IPv6 address, the port where it is not the scheme's own. */
    public String authority() {
        return port == (tls ? 443 : 80) ? name() : hostAndPort();
    }

    private String name() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** With the port in any case: what CONNECT asks for (RFC 9110, section 9.3.6). */
    String hostAndPort() {
        return name() + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}

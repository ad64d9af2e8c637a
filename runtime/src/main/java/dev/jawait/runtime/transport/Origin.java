package dev.jawait.runtime.transport;

/**
 * Where connections go to; what the pool keys them by.
 *
 * @param host lower case; an IPv6 address without brackets
 */
public record Origin(boolean tls, String host, int port) {
    /** As in the Host header: brackets around an IPv6 address, the port where it is not the scheme's own. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.http.Proxy;
import dev.jawait.runtime.net.TlsContext;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go to, and how. The pool keys them by it, so that no connection serves a request that was to go by
 * another proxy, as somebody else, or with other TLS settings.
 *
 * @param proxy null: there is none
 * @param tls the request's own settings; null: the transport's, and where TLS is not spoken with the origin
 * @param tunneled whether an HTTP proxy is asked for a tunnel even where TLS is not spoken with the origin: for what is no
 *     request that it could answer
 */
public record Route(
        Origin origin, @Nullable Proxy proxy, @Nullable TlsContext tls, boolean tunneled) {
    /** What makes no difference is left out: settings of a TLS that is not spoken, a tunnel where there is one anyway. */
    public Route {
        tls = origin.tls() ? tls : null;
        tunneled &= proxy != null && !origin.tls() && proxy.scheme().startsWith("http");
    }

    /** For requests. */
    public Route(Origin origin, @Nullable Proxy proxy, @Nullable TlsContext tls) {
        this(origin, proxy, tls, false);
    }

    /** Without a proxy, with the transport's settings. */
    public static Route direct(Origin origin) {
        return origin.direct();
    }

    /** Whether requests go to the proxy whole, and not through a tunnel. */
    boolean isForwarded() {
        return proxy != null && !tunneled && !origin.tls() && proxy.scheme().startsWith("http");
    }

    /** Whether TLS is spoken with whoever answers. */
    boolean isSecure() {
        return origin.tls() || isForwarded() && proxyOrigin().tls();
    }

    /** Where the proxy is, as an origin. */
    Origin proxyOrigin() {
        if (proxy == null) {
            throw new IllegalStateException("There is no proxy on the way to " + origin);
        }
        return new Origin(proxy.scheme().equals("https"), proxy.host(), proxy.port());
    }

    /** For messages: the proxy without credentials. */
    @Override
    public String toString() {
        return proxy == null ? origin.toString() : origin + " by " + proxy;
    }
}

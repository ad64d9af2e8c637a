package dev.jawait.runtime.transport;

import dev.jawait.http.Proxy;
import dev.jawait.runtime.net.Connecting;
import dev.jawait.runtime.net.Connecting.Step;
import dev.jawait.runtime.net.Layer;
import dev.jawait.runtime.net.Socks4Tunnel;
import dev.jawait.runtime.net.Socks5Tunnel;
import dev.jawait.runtime.net.Tls;
import dev.jawait.runtime.net.TlsContext;
import dev.jawait.runtime.net.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How connections are opened, route by route: where to, and what is put above TCP. */
final class Routes {
    private final TlsChoice choice;
    private final Executor blocking;

    Routes(TlsChoice choice, Executor blocking) {
        this.choice = choice;
        this.blocking = blocking;
    }

    Connecting.Target target(Route route) {
        Proxy proxy = route.proxy();
        List<Layer> layers = new ArrayList<>(1);
        if (proxy != null) {
            addProxy(layers, route, proxy);
        }
        if (route.origin().tls()) {
            layers.add(tls(Step.HANDSHAKE, route.origin(), route.tls()));
        }
        Origin first = proxy == null ? route.origin() : route.proxyOrigin();
        return new Connecting.Target(first.host(), first.port(), layers);
    }

    private void addProxy(List<Layer> layers, Route route, Proxy proxy) {
        if (route.proxyOrigin().tls()) {
            layers.add(tls(Step.PROXY, route.proxyOrigin(), null));
        }
        if (!route.isForwarded()) {
            layers.add(tunnel(route.origin(), proxy));
        }
    }

    private Layer tls(Step step, Origin origin, @Nullable TlsContext own) {
        TlsContext context = own != null ? own : choice.of(origin);
        return new Tls(context, blocking, 0, "http/1.1").layer(step, origin.host(), origin.port());
    }

    private static Layer tunnel(Origin to, Proxy proxy) {
        String user = proxy.user();
        return switch (proxy.scheme()) {
            case "socks4" -> Tunnel.layer(() -> new Socks4Tunnel(to.host(), to.port(), user == null ? "" : user));
            case "socks5" -> Tunnel.layer(() -> new Socks5Tunnel(to.host(), to.port(), user, proxy.password()));
            default -> Tunnel.layer(() -> new HttpTunnel(to, proxy));
        };
    }
}

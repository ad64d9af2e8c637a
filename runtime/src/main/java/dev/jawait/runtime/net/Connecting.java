package dev.jawait.runtime.net;

import dev.jawait.runtime.loop.Loop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one connection: looks the host up, tries one address after the other, then opens the layers above TCP. On
 * one loop.
 */
public final class Connecting {
    /** What it is at. */
    public enum Step {
        LOOKUP,
        /** TCP, to one of the addresses. */
        CONNECT,
        /** A proxy's tunnel, or TLS with the proxy. */
        PROXY,
        /** TLS. */
        HANDSHAKE
    }

    /**
     * Where to.
     *
     * @param host lower case; an IPv6 address without brackets
     * @param layers what there is to be above TCP, from the first to the last
     * @param local where from; null: the system decides
     */
    public record Target(
            String host,
            int port,
            List<Layer> layers,
            @Nullable InetSocketAddress local) {}

    /** Who wants the connection; called on the loop. */
    public interface Client {
        /** A step begins; {@link Step#CONNECT} with each address that is tried. */
        void enter(Step step);

        /** The channel is open, with all layers; it is the client's from now on, who must read from it. */
        void connected(Channel channel);

        /**
         * It could not be opened.
         *
         * @param cause at {@link Step#LOOKUP} as in {@link Resolver#resolve}
         */
        void connectFailed(Step at, Throwable cause);
    }

    private final Target target;
    private final Loop loop;
    private final Client client;
    private Iterator<InetAddress> addresses = List.<InetAddress>of().iterator();
    private @Nullable Channel channel;
    private @Nullable Throwable lastError;
    private boolean over;

    /** Does nothing yet. */
    public Connecting(Target target, Loop loop, Client client) {
        this.target = target;
        this.loop = loop;
        this.client = client;
    }

    /** Begins. On the loop. */
    public void start(Resolver resolver) {
        if (over) {
            return;
        }
        if (!resolver.knows(target.host())) {
            client.enter(Step.LOOKUP);
        }
        CompletableFuture<List<InetAddress>> lookup = resolver.resolve(target.host());
        if (lookup.isDone()) {
            resolved(lookup);
        } else {
            lookup.whenComplete((found, error) -> loop.execute(() -> resolved(lookup)));
        }
    }

    /** Gives up; what comes of it later is closed. On the loop. */
    public void cancel() {
        over = true;
        closeChannel();
    }

    private void closeChannel() {
        if (channel != null) {
            Channel closing = channel;
            channel = null;
            Sockets.abort(closing);
        }
    }

    private void resolved(CompletableFuture<List<InetAddress>> lookup) {
        if (over) {
            return;
        }
        try {
            addresses = lookup.join().iterator();
            tryNext();
        } catch (CompletionException e) {
            fail(Step.LOOKUP, e.getCause() == null ? e : e.getCause());
        }
    }

    private void fail(Step at, Throwable error) {
        cancel();
        client.connectFailed(at, error);
    }

    private void tryNext() {
        if (!addresses.hasNext()) {
            fail(Step.CONNECT, lastError == null ? new ConnectException("no address") : lastError);
            return;
        }
        InetSocketAddress address = new InetSocketAddress(addresses.next(), target.port());
        client.enter(Step.CONNECT);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.netty())
                .channelFactory(Sockets::open)
                .handler(new Quiet());
        ChannelFuture attempt = bootstrap.connect(address, target.local());
        channel = attempt.channel();
        attempt.addListener((ChannelFutureListener) this::tcpDone);
    }

    private void tcpDone(ChannelFuture attempt) {
        if (attempt.channel() != channel) {
            attempt.channel().close();
        } else if (!attempt.isSuccess()) {
            attemptFailed(attempt.cause());
            tryNext();
        } else {
            openNext(channel, target.layers().iterator(), Step.CONNECT);
        }
    }

    private void attemptFailed(Throwable cause) {
        if (lastError != null && lastError != cause) {
            cause.addSuppressed(lastError);
        }
        lastError = cause;
        closeChannel();
    }

    /** The limit of the present attempt has passed: goes on to the next address; false if there is none. On the loop. */
    public boolean attemptTimedOut() {
        if (!addresses.hasNext()) {
            return false;
        }
        attemptFailed(new ConnectException("timed out"));
        tryNext();
        return true;
    }

    private void openNext(Channel open, Iterator<Layer> layers, Step last) {
        if (!layers.hasNext()) {
            done(open);
            return;
        }
        Layer layer = layers.next();
        if (layer.step() != last) {
            client.enter(layer.step());
        }
        try {
            layer.opener().open(open, error -> opened(open, layers, layer.step(), error));
        } catch (IllegalStateException | IllegalArgumentException e) {
            fail(layer.step(), e);
        }
    }

    private void opened(Channel open, Iterator<Layer> layers, Step step, @Nullable Throwable error) {
        if (open != channel) {
            Sockets.abort(open);
        } else if (error != null) {
            fail(step, error);
        } else {
            openNext(open, layers, step);
        }
    }

    private void done(Channel open) {
        over = true;
        channel = null;
        open.pipeline().remove(Quiet.class);
        client.connected(open);
    }
}

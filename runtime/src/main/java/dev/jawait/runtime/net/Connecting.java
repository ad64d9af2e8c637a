package dev.jawait.runtime.net;

import dev.jawait.runtime.loop.Loop;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one connection: looks the host up, tries its addresses, then opens the layers above TCP. On one loop.
 */
public final class Connecting implements TcpRace.Client {
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
     */
    public record Target(String host, int port, List<Layer> layers) {}

    /** Who wants the connection; called on the loop. */
    public interface Client {
        /** A step begins; {@link Step#CONNECT} again if the steps after it have led nowhere. */
        void enter(Step step);

        /**
         * A time limit for each address counts from {@code nanoTime} now: of all attempts in flight it is the start of the
         * oldest, which {@link #attemptTimedOut} would give up.
         */
        void attemptSince(long nanoTime);

        /** The channel is open, with all layers; it is the client's from now on, who must read from it. */
        void connected(Channel channel);

        /**
         * It could not be opened.
         *
         * @param cause at {@link Step#LOOKUP} as in {@link CachingResolver#resolve}
         */
        void connectFailed(Step at, Throwable cause);
    }

    private final Target target;
    private final Dialing dialing;
    private final Loop loop;
    private final Client client;
    private @Nullable TcpRace race;
    private @Nullable Channel channel;
    private boolean over;

    /** Does nothing yet. */
    public Connecting(Target target, Dialing dialing, Loop loop, Client client) {
        this.target = target;
        this.dialing = dialing;
        this.loop = loop;
        this.client = client;
    }

    /** Begins. On the loop. */
    public void start(CachingResolver resolver) {
        if (over) {
            return;
        }
        if (dialing.unixSocket() != null) {
            race(List.of(UnixDomainSocketAddress.of(dialing.unixSocket())));
            return;
        }
        if (!resolver.knows(target.host())) {
            client.enter(Step.LOOKUP);
        }
        CompletableFuture<HostAddresses> lookup = resolver.resolve(target.host());
        if (lookup.isDone()) {
            resolved(lookup);
        } else {
            lookup.whenComplete((found, error) -> loop.execute(() -> resolved(lookup)));
        }
    }

    /** Gives up; what comes of it later is closed. On the loop. */
    public void cancel() {
        over = true;
        channel = null;
        if (race != null) {
            race.cancel();
        }
    }

    private void resolved(CompletableFuture<HostAddresses> lookup) {
        if (over) {
            return;
        }
        try {
            List<InetAddress> addresses = lookup.join().next(dialing.family());
            if (addresses.isEmpty()) {
                throw new CompletionException(
                        new UnknownHostException("it has no address of the family asked for, " + dialing.family()));
            }
            race(addresses.stream()
                    .map(address -> new InetSocketAddress(address, target.port()))
                    .toList());
        } catch (CompletionException e) {
            fail(Step.LOOKUP, e.getCause() == null ? e : e.getCause());
        }
    }

    private void race(List<? extends SocketAddress> addresses) {
        race = new TcpRace(addresses, dialing, loop, this);
        race.tryNext();
    }

    private void fail(Step at, Throwable error) {
        cancel();
        client.connectFailed(at, error);
    }

    @Override
    public void racing() {
        client.enter(Step.CONNECT);
    }

    @Override
    public void oldestSince(long nanoTime) {
        client.attemptSince(nanoTime);
    }

    @Override
    public void lost(Throwable cause) {
        fail(Step.CONNECT, cause);
    }

    @Override
    public void won(Channel winner) {
        channel = winner;
        openNext(winner, target.layers().iterator(), Step.CONNECT);
    }

    /**
     * The limit of the attempt that is under way longest has passed: goes on with the others and the next address; false if
     * there is none. On the loop.
     */
    public boolean attemptTimedOut() {
        if (race == null || race.isAtLast()) {
            return false;
        }
        // Before it is closed: its end must not be taken for the end of this.
        channel = null;
        race.giveUpOldest();
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
        } catch (RuntimeException e) {
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
        race = null;
        open.pipeline().remove(Quiet.class);
        client.connected(open);
    }
}

package dev.jawait.runtime.net;

import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.loop.Timer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a socket to one of several addresses, whichever answers first: Happy Eyeballs (RFC 8305, section 5). All
 * on one loop.
 */
final class TcpRace {
    /** Who wants the socket. */
    interface Client {
        /** An attempt begins, and none is in flight. */
        void racing();

        /** The attempt that has been in flight longest, or has won, began at {@code nanoTime}. */
        void oldestSince(long nanoTime);

        /** The first socket is open; it stays in the race, as its winner, until that is cancelled or gives it up. */
        void won(Channel channel);

        /** All addresses have failed; the last error has the others with it. */
        void lost(Throwable cause);
    }

    private record Attempt(SocketAddress address, Channel channel, long started) {}

    private final ArrayDeque<SocketAddress> untried;
    private final Dialing dialing;
    private final Loop loop;
    private final Client client;

    /** The oldest first. */
    private final ArrayDeque<Attempt> inFlight = new ArrayDeque<>(2);

    private final List<Throwable> errors = new ArrayList<>(0);
    private @Nullable Timer next;

    TcpRace(Collection<? extends SocketAddress> addresses, Dialing dialing, Loop loop, Client client) {
        this.untried = new ArrayDeque<>(addresses);
        this.dialing = dialing;
        this.loop = loop;
        this.client = client;
    }

    /** Tries the next address, if there is one. */
    void tryNext() {
        cancelTimer();
        SocketAddress address = untried.poll();
        if (address != null) {
            attempt(address);
        } else if (inFlight.isEmpty()) {
            client.lost(error());
        } else {
            client.oldestSince(inFlight.element().started);
        }
    }

    private void attempt(SocketAddress address) {
        if (inFlight.isEmpty()) {
            client.racing();
        }
        ChannelFuture connected = connect(address);
        Attempt attempt = new Attempt(address, connected.channel(), System.nanoTime());
        inFlight.add(attempt);
        client.oldestSince(inFlight.element().started);
        if (!untried.isEmpty() && !dialing.delay().isZero()) {
            next = loop.timers().after(Nanos.of(dialing.delay()), this::tryNext);
        }
        connected.addListener((ChannelFutureListener) future -> onLoop(() -> ended(attempt, future.cause())));
    }

    /** Where there is no socket to be had, as there are too many, the future is of another thread. */
    private void onLoop(Runnable step) {
        if (loop.isCurrent()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    private ChannelFuture connect(SocketAddress address) {
        boolean unix = address instanceof UnixDomainSocketAddress;
        return new Bootstrap()
                .group(loop.netty())
                .channelFactory(unix ? Sockets::openUnix : Sockets::open)
                .handler(new Quiet())
                .connect(address, unix ? null : dialing.local());
    }

    private void ended(Attempt attempt, @Nullable Throwable error) {
        if (!inFlight.contains(attempt)) {
            attempt.channel.close();
        } else if (error != null) {
            failed(attempt, error);
        } else {
            inFlight.remove(attempt);
            cancel();
            inFlight.add(attempt);
            client.oldestSince(attempt.started);
            client.won(attempt.channel);
        }
    }

    private void failed(Attempt attempt, Throwable error) {
        inFlight.remove(attempt);
        Sockets.abort(attempt.channel);
        errors.add(attempt.address instanceof UnixDomainSocketAddress unix ? named(unix, error) : error);
        tryNext();
    }

    /** The system does not say which file it is about. */
    private static Throwable named(UnixDomainSocketAddress address, Throwable error) {
        return new ConnectException("Unix socket " + address.getPath() + ": " + error.getMessage()).initCause(error);
    }

    private Throwable error() {
        Throwable last = errors.isEmpty() ? new ConnectException("no address") : errors.remove(errors.size() - 1);
        errors.stream().filter(error -> error != last).forEach(last::addSuppressed);
        return last;
    }

    /** Whether nothing would be left without the attempt that has been in flight longest, or has won. */
    boolean isAtLast() {
        return untried.isEmpty() && inFlight.size() < 2;
    }

    /** Closes that attempt, which has taken too long, and goes on with the others and the next address. */
    void giveUpOldest() {
        Attempt oldest = inFlight.element();
        failed(oldest, new ConnectException("timed out: " + oldest.address));
    }

    /** Closes what is in flight, and the winner. */
    void cancel() {
        cancelTimer();
        Attempt attempt;
        // Taken out first: it ends while it is closed.
        while ((attempt = inFlight.poll()) != null) {
            Sockets.abort(attempt.channel);
        }
    }

    private void cancelTimer() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}

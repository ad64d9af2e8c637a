package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import dev.jawait.http.Phase;
import dev.jawait.runtime.loop.Loop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The opening of one connection: looks the host up, then tries one address after the other. On one loop. */
public final class Connecting {
    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 4 * 1024;
    private static final int LARGEST_READ = 64 * 1024;

    /** Who wants the connection; called on the loop. */
    public interface Client {
        /** The next phase begins. */
        void enter(Phase phase);

        /** One more address is tried. */
        void attemptStarts();

        /** The channel is open, handshake included; it is the client's from now on. */
        void connected(Channel channel);

        /** It could not be opened. */
        void connectFailed(Throwable error);
    }

    private final Origin origin;
    private final Loop loop;
    private final Tls tls;
    private final Client client;
    private Iterator<InetAddress> addresses = List.<InetAddress>of().iterator();
    private @Nullable Channel channel;
    private @Nullable Throwable lastError;
    private boolean over;

    /** An opening that has not begun. */
    public Connecting(Origin origin, Loop loop, Tls tls, Client client) {
        this.origin = origin;
        this.loop = loop;
        this.tls = tls;
        this.client = client;
    }

    /** Begins. */
    public void start(Resolver resolver) {
        if (!resolver.knows(origin.host())) {
            client.enter(Phase.DNS);
        }
        CompletableFuture<List<InetAddress>> lookup = resolver.resolve(origin.host());
        if (lookup.isDone()) {
            resolved(lookup);
        } else {
            lookup.whenComplete((found, error) -> loop.execute(() -> resolved(lookup)));
        }
    }

    /** Gives up; what comes of it later is closed. */
    public void cancel() {
        over = true;
        closeChannel();
    }

    private void closeChannel() {
        if (channel != null) {
            Channel closing = channel;
            channel = null;
            abort(closing);
        }
    }

    private static void abort(Channel channel) {
        channel.unsafe().close(channel.unsafe().voidPromise());
    }

    private void resolved(CompletableFuture<List<InetAddress>> lookup) {
        if (over) {
            return;
        }
        try {
            addresses = lookup.join().iterator();
            tryNext();
        } catch (CompletionException e) {
            fail(e.getCause() == null ? e : e.getCause());
        }
    }

    private void fail(Throwable error) {
        cancel();
        client.connectFailed(error);
    }

    private void tryNext() {
        if (!addresses.hasNext()) {
            Throwable cause = lastError == null ? new ConnectException("no address") : lastError;
            fail(Failures.cannotConnect(origin, cause));
            return;
        }
        InetAddress address = addresses.next();
        client.enter(Phase.CONNECT);
        client.attemptStarts();
        ChannelFuture attempt = bootstrap().connect(new InetSocketAddress(address, origin.port()));
        channel = attempt.channel();
        attempt.addListener((ChannelFutureListener) this::tcpDone);
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop.netty())
                .channelFactory(NioSocketChannel::new)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ).maxMessagesPerRead(1))
                .handler(new Quiet());
    }

    private void tcpDone(ChannelFuture attempt) {
        if (attempt.channel() != channel) {
            attempt.channel().close();
        } else if (!attempt.isSuccess()) {
            attemptFailed(attempt.cause());
            tryNext();
        } else if (origin.tls()) {
            handshake(channel);
        } else {
            done(channel);
        }
    }

    private void attemptFailed(Throwable cause) {
        if (lastError != null && lastError != cause) {
            cause.addSuppressed(lastError);
        }
        lastError = cause;
        closeChannel();
    }

    /** The limit of the present attempt has passed: goes on to the next address; false if there is none. */
    boolean attemptTimedOut() {
        if (!addresses.hasNext()) {
            return false;
        }
        attemptFailed(new ConnectException("timed out"));
        tryNext();
        return true;
    }

    private void handshake(Channel channel) {
        client.enter(Phase.TLS);
        try {
            SslHandler handler = tls.newHandler(origin);
            channel.pipeline().addFirst(handler);
            handler.handshakeFuture().addListener(future -> handshakeDone(channel, future.cause()));
            channel.read();
        } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
            fail(Failures.handshake(origin, e));
        }
    }

    private void handshakeDone(Channel handshaken, @Nullable Throwable cause) {
        if (handshaken != channel) {
            abort(handshaken);
        } else if (cause != null) {
            ClientException error = Failures.handshake(origin, cause);
            fail(error);
        } else {
            done(handshaken);
        }
    }

    private void done(Channel open) {
        over = true;
        channel = null;
        open.pipeline().remove(Quiet.class);
        client.connected(open);
    }

    /** Swallows what the future of the handshake tells, too. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

package dev.jawait.runtime.net;

import dev.jawait.runtime.loop.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that listens and accepts as many clients as are wanted; with TLS, as many may shake hands meanwhile as may wait
 * in the system. Its methods may be called from any thread.
 */
public final class ListeningSocket {
    private static final Logger LOG = LoggerFactory.getLogger("dev.jawait.net");
    private static final int RETRY_SECONDS = 1;

    /** Who is told, on a loop. */
    public interface Events {
        /** It listens. */
        void bound(ListeningSocket socket);

        /** It does not. */
        void bindFailed(Throwable cause);

        /** A client has come, and has shaken hands. On the client's loop. */
        void accepted(Channel channel);

        /** It listens no more. */
        void closed();
    }

    private final EventLoops loops;
    private final @Nullable Tls tls;
    private final int backlog;
    private final Events events;
    private final NioServerSocketChannel channel = new NioServerSocketChannel();
    private final EventLoop home;

    // On its loop, all of them.
    private int wanted;
    private int opening;
    private boolean pausing;

    private ListeningSocket(EventLoops loops, int backlog, @Nullable Tls tls, Events events) {
        this.loops = loops;
        this.tls = tls;
        this.backlog = backlog;
        this.events = events;
        this.home = loops.preferred().netty();
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_BACKLOG, backlog);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
        channel.pipeline().addLast(new Handler());
    }

    /**
     * Begins to listen. Whoever gives up meanwhile closes what is bound.
     *
     * @param backlog how many clients may wait to be accepted
     * @param tls null: plain TCP
     */
    public static void open(
            EventLoops loops, InetSocketAddress address, int backlog, @Nullable Tls tls, Events events) {
        ListeningSocket socket = new ListeningSocket(loops, backlog, tls, events);
        socket.home.register(socket.channel).addListener((ChannelFutureListener) registered -> socket.bind(address));
    }

    private void bind(InetSocketAddress address) {
        channel.bind(address).addListener((ChannelFutureListener) bound -> {
            if (bound.isSuccess()) {
                events.bound(this);
            } else {
                channel.close();
                events.bindFailed(bound.cause());
            }
        });
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return channel.localAddress();
    }

    /** Accepts so many clients more, or, if negative, fewer: less than none stands for some that came unwanted. */
    public void want(int more) {
        onHome(() -> {
            wanted += more;
            readOn();
        });
    }

    private void onHome(Runnable action) {
        try {
            home.execute(action);
        } catch (RejectedExecutionException e) {
            // The loops have ended, and have closed all that was open.
        }
    }

    private void readOn() {
        int most = tls == null ? wanted : backlog;
        if (wanted > 0 && opening < most && !pausing) {
            channel.read();
        }
    }

    private void came(Channel client) {
        opening++;
        Sockets.setUp(client);
        client.pipeline().addLast(new Quiet());
        loops.next().netty().register(client).addListener((ChannelFutureListener) registered -> {
            if (registered.isSuccess()) {
                registered(client);
            } else {
                client.unsafe().closeForcibly();
                opened(false);
            }
        });
    }

    private void registered(Channel client) {
        if (tls == null) {
            ready(client);
            return;
        }
        Sockets.handshake(client, tls.toClient()).addListener(shaken -> {
            if (shaken.isSuccess()) {
                ready(client);
            } else {
                LOG.debug("The TLS handshake of {} failed", client, shaken.cause());
                client.close();
                opened(false);
            }
        });
    }

    private void ready(Channel client) {
        client.pipeline().remove(Quiet.class);
        opened(true);
        events.accepted(client);
    }

    private void opened(boolean successfully) {
        onHome(() -> {
            opening--;
            if (successfully) {
                wanted--;
            }
            readOn();
        });
    }

    /** Soon listens no more. */
    public void close() {
        channel.close();
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object client) {
            came((Channel) client);
        }

        /** The system's socket is closed by the selector, in the next turn of the loop. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            context.executor().schedule(() -> {}, 1, TimeUnit.NANOSECONDS).addListener(turned -> events.closed());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            readOn();
        }

        /** The system has no more files, say: that may pass. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.warn("Cannot accept a client at {}; trying again in {} s", localAddress(), RETRY_SECONDS, cause);
            pausing = true;
            context.executor()
                    .schedule(
                            () -> {
                                pausing = false;
                                readOn();
                            },
                            RETRY_SECONDS,
                            TimeUnit.SECONDS);
        }
    }
}

package dev.jawait.runtime.net;

import dev.jawait.runtime.loop.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A socket that listens, and accepts a client only when it is told to. */
public final class Listening {
    private final Channel channel;

    private Listening(Channel channel) {
        this.channel = channel;
    }

    /** Who is told how the binding went; on a loop. */
    public interface Bound {
        /** It listens. */
        void bound(Listening listening);

        /** It does not. */
        void bindFailed(Throwable error);
    }

    /** Begins to listen; {@code accepted} gets each client on the client's loop, before anything is read. */
    public static void open(
            EventLoops loops, InetSocketAddress address, int backlog, Consumer<Channel> accepted, Bound bound) {
        new ServerBootstrap()
                .group(loops.next().netty(), loops.netty())
                .channelFactory(NioServerSocketChannel::new)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                // One client for each accept.
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted.accept(client);
                    }
                })
                .bind(address)
                .addListener((ChannelFutureListener) binding -> done(binding, bound));
    }

    private static void done(ChannelFuture binding, Bound bound) {
        if (binding.isSuccess()) {
            bound.bound(new Listening(binding.channel()));
        } else {
            bound.bindFailed(binding.cause());
        }
    }

    /** Accepts one client more. */
    public void acceptOne() {
        channel.read();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Listens no more. */
    public void close() {
        channel.close();
    }
}

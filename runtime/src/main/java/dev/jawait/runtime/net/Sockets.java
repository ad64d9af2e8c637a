package dev.jawait.runtime.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/** What all our connections have in common: what is read is asked for, one portion at a time. */
final class Sockets {
    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 4 * 1024;
    private static final int LARGEST_READ = 64 * 1024;

    private Sockets() {}

    static NioSocketChannel open() {
        NioSocketChannel channel = new NioSocketChannel();
        setUp(channel);
        return channel;
    }

    static NioDomainSocketChannel openUnix() {
        NioDomainSocketChannel channel = new NioDomainSocketChannel();
        setUp(channel);
        return channel;
    }

    static void setUp(Channel channel) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setAutoClose(false);
        config.setConnectTimeoutMillis(0);
        config.setOption(ChannelOption.TCP_NODELAY, true);
        // Not Netty's adaptive one, which makes and clears memory anew for large reads.
        config.setAllocator(PooledByteBufAllocator.DEFAULT);
        config.setRecvByteBufAllocator(
                new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ).maxMessagesPerRead(1));
    }

    /** Begins to shake hands, before all other handlers. */
    static Future<Channel> handshake(Channel channel, SslHandler handler) {
        channel.pipeline().addFirst(handler);
        channel.read();
        return handler.handshakeFuture();
    }

    /** Closes the socket, without the good-bye of TLS. On its loop. */
    static void abort(Channel channel) {
        channel.unsafe().close(channel.unsafe().voidPromise());
    }
}

package dev.jawait.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Netty's WebSocket server, which sends back what it gets; it compresses and speaks the protocol {@code chat} if asked to. */
public final class NettyWebSockets implements AutoCloseable {
    private static final int LARGEST = 10 * 1024 * 1024;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;
    private final boolean tls;

    /** @param context null: without TLS */
    public NettyWebSockets(@Nullable SSLContext context) {
        tls = context != null;
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        setUp(channel, context);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private static void setUp(Channel channel, @Nullable SSLContext context) {
        ChannelPipeline pipeline = channel.pipeline();
        if (context != null) {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            pipeline.addLast(new SslHandler(engine));
        }
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .subprotocols("chat")
                .allowExtensions(true)
                .maxFramePayloadLength(LARGEST)
                .build();
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(new HttpObjectAggregator(LARGEST));
        pipeline.addLast(new WebSocketServerCompressionHandler(LARGEST));
        pipeline.addLast(new WebSocketServerProtocolHandler(config));
        pipeline.addLast(new WebSocketFrameAggregator(LARGEST));
        pipeline.addLast(new SimpleChannelInboundHandler<WebSocketFrame>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
                context.writeAndFlush(frame.retain());
            }
        });
    }

    /** Its URL, by the name {@code localhost}. */
    public String url() {
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        return (tls ? "wss" : "ws") + "://localhost:" + port + "/";
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        group.shutdownGracefully();
    }
}

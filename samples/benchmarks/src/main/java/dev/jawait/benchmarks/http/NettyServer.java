package dev.jawait.benchmarks.http;

import dev.jawait.benchmarks.JavaProcess;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The process of a server on Netty: in nginx's place where that is missing, and where answers are to take their time. */
final class NettyServer {
    /** At 127.0.0.1 and the addresses after it. */
    static final int HOSTS = 10;

    private static final AtomicLong ACCEPTED = new AtomicLong();

    private NettyServer() {}

    static Server start(Path directory) throws Exception {
        int plain = Server.freePort();
        int tls = Server.freePort();
        List<String> command = JavaProcess.command(
                List.of("-Xmx512m"),
                NettyServer.class,
                List.of(Integer.toString(plain), Integer.toString(tls), directory.toString()));
        return Server.start("netty", directory, plain, tls, command);
    }

    /** Port, port for TLS, and the directory with the certificate. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[2]);
        SslContext tls = SslContextBuilder.forServer(
                        directory.resolve("certificate.pem").toFile(),
                        directory.resolve("key.pem").toFile())
                .build();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        listen(loop, InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]), null);
        for (int host = 2; host <= HOSTS; host++) {
            listen(loop, InetAddress.getByName("127.0.0." + host), Integer.parseInt(args[0]), null);
        }
        listen(loop, InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]), tls)
                .closeFuture()
                .await();
    }

    private static Channel listen(EventLoopGroup loop, InetAddress host, int port, @Nullable SslContext tls)
            throws Exception {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new Connection(tls))
                .bind(host, port)
                .sync()
                .channel();
    }

    private static final class Connection extends ChannelInitializer<Channel> {
        private final @Nullable SslContext tls;

        Connection(@Nullable SslContext tls) {
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            ACCEPTED.incrementAndGet();
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answers());
        }
    }

    private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean keep = HttpUtil.isKeepAlive(request);
            FullHttpResponse response = answer(request.uri());
            HttpUtil.setContentLength(response, response.content().readableBytes());
            HttpUtil.setKeepAlive(response, keep);
            long delay = request.uri().startsWith("/delay/")
                    ? Long.parseLong(request.uri().substring("/delay/".length()))
                    : 0;
            if (delay == 0) {
                send(context, response, keep);
            } else {
                context.executor().schedule(() -> send(context, response, keep), delay, TimeUnit.MILLISECONDS);
            }
        }

        private static FullHttpResponse answer(String path) {
            ByteBuf body =
                    switch (path) {
                        case "/large" -> Unpooled.wrappedBuffer(Pages.LARGE);
                        case "/status" ->
                            Unpooled.copiedBuffer("accepts handled requests\n" + ACCEPTED, StandardCharsets.US_ASCII);
                        default -> Unpooled.wrappedBuffer(Pages.SMALL);
                    };
            return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        }

        private static void send(ChannelHandlerContext context, FullHttpResponse response, boolean keep) {
            var sent = context.writeAndFlush(response);
            if (!keep) {
                sent.addListener(done -> context.close());
            }
        }
    }
}

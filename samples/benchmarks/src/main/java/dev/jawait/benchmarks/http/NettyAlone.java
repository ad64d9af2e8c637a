package dev.jawait.benchmarks.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * No client, but what Netty and its HTTP codec take: two loops, and on each connection one request after the other, without a pool, a time
 * limit, or anybody who waits for the answer.
 */
final class NettyAlone implements Client {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final int atOnce;
    private final List<Channel> channels = new ArrayList<>();

    NettyAlone(Settings settings) {
        atOnce = settings.workload().atOnce();
    }

    @Override
    public void run(Job job, Recorder recorder) throws InterruptedException {
        URI uri = URI.create(job.url(0));
        while (channels.size() < atOnce) {
            channels.add(open(uri));
        }
        CountDownLatch lanes = new CountDownLatch(atOnce);
        for (Channel channel : channels) {
            channel.eventLoop().execute(() -> {
                channel.pipeline().addLast("lane", new Lane(uri, job, recorder, lanes));
                channel.pipeline().get(Lane.class).send(channel);
            });
        }
        lanes.await();
    }

    private Channel open(URI uri) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec());
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .sync()
                .channel();
    }

    @Override
    public void close() {
        loops.shutdownGracefully().awaitUninterruptibly();
    }

    private static final class Lane extends SimpleChannelInboundHandler<HttpObject> {
        private final URI uri;
        private final Job job;
        private final Recorder recorder;
        private final CountDownLatch lanes;
        private long start;

        Lane(URI uri, Job job, Recorder recorder, CountDownLatch lanes) {
            this.uri = uri;
            this.job = job;
            this.recorder = recorder;
            this.lanes = lanes;
        }

        void send(Channel channel) {
            start = System.nanoTime();
            FullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri.getRawPath());
            request.headers().set(HttpHeaderNames.HOST, uri.getRawAuthority()).set(HttpHeaderNames.ACCEPT, "*/*");
            channel.writeAndFlush(request, channel.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof LastHttpContent last) {
                recorder.answered(start, 200, last.content().readableBytes());
                if (job.isOver()) {
                    context.pipeline().remove(this);
                    lanes.countDown();
                } else {
                    send(context.channel());
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            recorder.failed(cause);
            context.close();
            lanes.countDown();
        }
    }
}

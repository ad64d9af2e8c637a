package dev.jawait.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket: what has come and was not taken, and who is to be told when there is more, or when more can be
 * written. It stops reading when much has come, until someone waits or has taken enough. Safe from any thread.
 */
public final class Wire {
    private static final int CLOSE_SECONDS = 30;
    private static final Runnable NOBODY = () -> {};

    private final Channel channel;
    private final int limit;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress remoteAddress;

    // Guarded by this, all of them.
    private final ByteBuf input = Unpooled.buffer();
    private Runnable onInput = NOBODY;
    private Runnable onWritable = NOBODY;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closing;

    private Wire(Channel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
        localAddress = (InetSocketAddress) channel.localAddress();
        remoteAddress = (InetSocketAddress) channel.remoteAddress();
    }

    /**
     * Takes over {@code channel} and begins to read.
     *
     * @param limit reading stops at twice as many bytes
     */
    public static Wire over(Channel channel, int limit) {
        Wire wire = new Wire(channel, limit);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.AUTO_CLOSE, true);
        channel.pipeline().addLast(wire.new Handler());
        channel.config().setAutoRead(true);
        return wire;
    }

    // ---- reading

    /** How many bytes wait to be taken. */
    public synchronized int available() {
        return input.readableBytes();
    }

    /** Where {@code separator} begins in what waits, or -1. */
    public synchronized int indexOf(byte[] separator) {
        int found = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(separator), input);
        return found < 0 ? found : found - input.readerIndex();
    }

    /** Takes {@code count} bytes of those that wait. */
    public byte[] take(int count) {
        byte[] taken = new byte[count];
        synchronized (this) {
            input.readBytes(taken);
            input.discardSomeReadBytes();
            if (input.readableBytes() > limit) {
                return taken;
            }
        }
        resume();
        return taken;
    }

    /** Whether nothing will come after what waits. */
    public synchronized boolean isOver() {
        return ended || closing;
    }

    /** What broke it, or null. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Whether it was closed on this side. */
    public synchronized boolean isClosing() {
        return closing;
    }

    /** From now on {@code listener} is told of more input, the end, or a failure; null: nobody is. */
    public synchronized void onInput(@Nullable Runnable listener) {
        onInput = listener == null ? NOBODY : listener;
    }

    /** Reads on, however much waits. */
    public void resume() {
        channel.config().setAutoRead(true);
    }

    // ---- writing

    /** Sends {@code data}, and tells {@code done} when the system has it, or why not. */
    public void write(byte[] data, Consumer<@Nullable Throwable> done) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(data)).addListener(written -> done.accept(written.cause()));
    }

    /** Whether little waits to be sent. */
    public boolean isWritable() {
        return channel.isWritable() || !channel.isActive();
    }

    /** From now on {@code listener} is told when little waits to be sent, or nothing can be; null: nobody is. */
    public synchronized void onWritable(@Nullable Runnable listener) {
        onWritable = listener == null ? NOBODY : listener;
    }

    /** Ends the sending, after what waits. */
    public void shutdownOutput() {
        afterWrites(() -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            } else {
                ((DuplexChannel) channel).shutdownOutput();
            }
        });
    }

    private void afterWrites(Runnable action) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> action.run());
    }

    // ---- TLS

    /** Speaks TLS from now on; {@code done} is told when it does, or why not. */
    public void startTls(SslHandler handler, Consumer<@Nullable Throwable> done) {
        channel.eventLoop().execute(() -> {
            channel.pipeline().addFirst(handler);
            handler.handshakeFuture().addListener((Future<? super Channel> shaken) -> done.accept(shaken.cause()));
        });
    }

    // ---- closing

    /** Closes it after what waits to be sent, in a time at most; whoever reads is told. */
    public void close() {
        Runnable reader = beginClosing();
        if (reader == null) {
            return;
        }
        reader.run();
        afterWrites(channel::close);
        channel.eventLoop().schedule(this::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes it at once. */
    public void abort() {
        Runnable reader = beginClosing();
        if (reader != null) {
            reader.run();
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    private synchronized @Nullable Runnable beginClosing() {
        if (closing) {
            return null;
        }
        closing = true;
        return onInput;
    }

    /** Tells {@code listener} when it is closed; at once, if it is. */
    public void onClosed(Runnable listener) {
        channel.closeFuture().addListener((ChannelFutureListener) closed -> listener.run());
    }

    /** This side's address. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /** The other side's address. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    private void append(ByteBuf data) {
        Runnable reader;
        synchronized (this) {
            input.writeBytes(data);
            reader = onInput;
        }
        if (available() > 2 * (long) limit) {
            channel.config().setAutoRead(false);
        }
        reader.run();
    }

    private void end(@Nullable Throwable cause) {
        Runnable reader;
        Runnable writer;
        synchronized (this) {
            ended = true;
            failure = failure == null ? cause : failure;
            reader = onInput;
            writer = onWritable;
        }
        reader.run();
        writer.run();
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            try {
                append(data);
            } finally {
                data.release();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                end(null);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(cause instanceof ClosedChannelException ? new IOException("The connection is closed", cause) : cause);
            context.close();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            Runnable writer;
            synchronized (Wire.this) {
                writer = onWritable;
            }
            writer.run();
        }
    }
}

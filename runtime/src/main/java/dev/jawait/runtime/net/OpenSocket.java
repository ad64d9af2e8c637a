package dev.jawait.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket: bytes in and bytes out. Its methods may be called from any thread; what is asked of it happens on its
 * loop, in the order it was asked.
 */
public final class OpenSocket {
    /** What is written goes in pieces, so that progress shows. */
    private static final int PIECE = 16 * 1024;

    private static final int PATIENCE_SECONDS = 30;

    /** Who is told, on the loop. */
    public interface Events {
        /** These bytes have come; they are released afterwards. */
        void received(ByteBuf data);

        /** Whether to read on; if not, until {@link #read()} is called. */
        boolean wantsMore();

        /** Nothing more will come. */
        void ended();

        /** The connection has broken: nothing more will come. */
        void readFailed(Throwable cause);

        /** So many bytes more are with the system. */
        void written(int bytes);

        /** What was written is lost. */
        void writeFailed(Throwable cause);

        /** It is closed; the last event. */
        void closed();
    }

    private final Channel channel;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress remoteAddress;
    private final Events events;

    // On the loop, all of them.
    private int piecesOnTheirWay;
    private long piecesSent;
    private boolean flushing;
    private boolean endWanted;
    private boolean closeWanted;
    private @Nullable Throwable writeError;

    private OpenSocket(Channel channel, Function<OpenSocket, Events> events) {
        this.channel = channel;
        this.localAddress = (InetSocketAddress) channel.localAddress();
        this.remoteAddress = (InetSocketAddress) channel.remoteAddress();
        this.events = events.apply(this);
    }

    /**
     * Takes over {@code channel}, from which nothing was read but a handshake, and begins to read. On its loop.
     *
     * @param events makes who is told
     */
    public static void start(Channel channel, Function<OpenSocket, Events> events) {
        OpenSocket socket = new OpenSocket(channel, events);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, !socket.isTls());
        channel.pipeline().addLast(socket.new Handler());
        channel.read();
    }

    /** Where it is connected from. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Where it is connected to. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Whether TLS is spoken, or about to be. */
    public boolean isTls() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    private void onLoop(Runnable action) {
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException e) {
            // The loops have ended, and have closed all that was open.
        }
    }

    /** Reads on. */
    public void read() {
        channel.read();
    }

    // ---- writing

    /** Sends {@code data}, which is the socket's from now on. */
    public void write(byte[] data) {
        onLoop(() -> {
            for (int from = 0; from < data.length; from += PIECE) {
                send(Unpooled.wrappedBuffer(data, from, Math.min(PIECE, data.length - from)));
            }
            flushSoon();
        });
    }

    private void send(ByteBuf piece) {
        int bytes = piece.readableBytes();
        piecesOnTheirWay++;
        channel.write(piece).addListener(sent -> sent(bytes, sent.cause()));
    }

    /** Once for all that is written in one turn of the loop. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            onLoop(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    private void sent(int bytes, @Nullable Throwable cause) {
        piecesOnTheirWay--;
        piecesSent++;
        if (cause == null) {
            events.written(bytes);
        } else {
            writeError = cause;
            events.writeFailed(cause);
        }
        afterLastPiece();
    }

    private void afterLastPiece() {
        if (piecesOnTheirWay > 0) {
            return;
        }
        if (closeWanted) {
            channel.close();
        } else if (endWanted) {
            endWanted = false;
            ((DuplexChannel) channel).shutdownOutput();
        }
    }

    /** Ends what is sent, after what was written. Not with TLS. */
    public void writeEnd() {
        onLoop(() -> {
            endWanted = true;
            afterLastPiece();
        });
    }

    // ---- TLS

    /**
     * Speaks TLS after what was written.
     *
     * @param received what has come, and was TLS already; called on the loop
     * @param done is told on the loop when the handshake is over, or why it failed
     */
    public void startTls(SslHandler handler, Supplier<byte[]> received, Consumer<@Nullable Throwable> done) {
        onLoop(() -> {
            channel.flush();
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
            Sockets.handshake(channel, handler)
                    .addListener((Future<? super Channel> shaken) ->
                            done.accept(shaken.isSuccess() ? ServerCheck.NAMES.objection(handler) : shaken.cause()));
            byte[] early = received.get();
            if (early.length > 0) {
                channel.pipeline()
                        .fireChannelRead(Unpooled.wrappedBuffer(early))
                        .fireChannelReadComplete();
            }
        });
    }

    // ---- closing

    /** Closes it after what was written, or when the other side has taken nothing of that for a while. */
    public void close() {
        onLoop(() -> {
            closeWanted = true;
            afterLastPiece();
            watchProgress();
        });
    }

    private void watchProgress() {
        if (piecesOnTheirWay == 0) {
            return;
        }
        long before = piecesSent;
        Future<?> watch = channel.eventLoop()
                .schedule(
                        () -> {
                            if (piecesSent == before) {
                                reset();
                            } else {
                                watchProgress();
                            }
                        },
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> watch.cancel(false));
    }

    /** Closes it now, so that the other side sees it break. */
    public void abort() {
        onLoop(this::reset);
    }

    private void reset() {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        Sockets.abort(channel);
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            try {
                events.received(data);
            } finally {
                data.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (events.wantsMore()) {
                context.read();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
                ended();
            }
        }

        /** After an error, which the system tells once, the end is that of a broken connection. */
        private void ended() {
            if (writeError == null) {
                events.ended();
            } else {
                events.readFailed(writeError);
                Sockets.abort(channel);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            events.readFailed(cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
            Sockets.abort(channel);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.closed();
        }
    }
}

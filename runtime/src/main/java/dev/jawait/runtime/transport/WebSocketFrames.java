package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.Timers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a WebSocket (RFC 6455), over a connection that was upgraded: masks and unmasks, puts fragments together,
 * checks texts, compresses. Its methods may be called from any thread; what is asked of it happens on its loop, in the order it
 * was asked.
 */
public final class WebSocketFrames {
    /** Nobody who sees the frames may guess the keys (RFC 6455, section 10.3). */
    private static final SecureRandom MASKS = new SecureRandom();

    /** Who is told, on the loop. */
    public interface Events {
        /** A whole message, or a control frame; released afterwards. */
        void received(WebSocketFrame frame);

        /** Something was read, a part of a frame at least. */
        void heard();

        /** Whether to read on; if not, until {@link #read()} is called. */
        boolean wantsMore();

        /**
         * What came is against the rules; nothing more is received.
         *
         * @param closeCode of RFC 6455, section 7.4
         */
        void failed(int closeCode, Throwable cause);

        /** The pool was closed: the WebSocket is to be closed soon. */
        void poolClosed();

        /**
         * The connection is closed; the last event.
         *
         * @param cause null: it simply ended
         */
        void closed(@Nullable Throwable cause);
    }

    private final Upgraded connection;
    private final Channel channel;
    private final int maxBytes;
    private final Events events;

    // On the loop, all of them.
    private boolean flushing;
    private boolean failed;
    private @Nullable Throwable error;

    /**
     * Does nothing yet.
     *
     * @param maxBytes how long a message may be; 0: no limit
     */
    public WebSocketFrames(Upgraded connection, int maxBytes, Events events) {
        this.connection = connection;
        this.channel = connection.channel();
        this.maxBytes = maxBytes == 0 ? Integer.MAX_VALUE : maxBytes;
        this.events = events;
    }

    /**
     * Begins to receive. On the loop.
     *
     * @param deflate null: messages are not compressed
     */
    public void begin(@Nullable PerMessageDeflate deflate) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(deflate != null)
                .maxFramePayloadLength(maxBytes)
                .closeOnProtocolViolation(false)
                .build();
        List<ChannelHandler> handlers = new ArrayList<>();
        handlers.add(new WebSocket13FrameDecoder(config));
        handlers.add(new WebSocket13FrameEncoder(MASKS::nextInt));
        // Before the decompressor, which takes a fragment that nothing comes of yet for an error.
        ChannelHandler aggregator = new WebSocketFrameAggregator(maxBytes);
        if (deflate != null) {
            handlers.add(new ReservedBits());
            handlers.add(aggregator);
            handlers.add(deflate.decompressor());
            handlers.add(deflate.compressor());
        } else {
            handlers.add(aggregator);
        }
        handlers.add(new Utf8FrameValidator(false));
        handlers.add(new Handler());
        // Not channelInactive, which a decompressor that has failed does not hand on.
        channel.closeFuture().addListener(closed -> events.closed(error));
        connection.begin(events::poolClosed, handlers.toArray(ChannelHandler[]::new));
    }

    /** The timers of its loop. */
    public Timers timers() {
        return connection.loop().timers();
    }

    /** Runs {@code action} on the loop. */
    public void execute(Runnable action) {
        try {
            connection.loop().execute(action);
        } catch (RejectedExecutionException e) {
            // The loops have ended, and have closed all that was open.
        }
    }

    /** How many bytes are worth receiving before they are asked for. */
    public int bufferSize() {
        return connection.bufferSize();
    }

    /** Reads on. */
    public void read() {
        channel.read();
    }

    /**
     * Sends {@code frame}, which is released.
     *
     * @param sent hears that all of it is with the system, or why not; on the loop, unless that has ended
     */
    public void send(WebSocketFrame frame, Consumer<@Nullable Throwable> sent) {
        try {
            connection.loop().execute(() -> {
                channel.write(frame).addListener(written -> sent.accept(written.cause()));
                flushSoon();
            });
        } catch (RejectedExecutionException e) {
            frame.release();
            sent.accept(e);
        }
    }

    /** Once for all that is written in one turn of the loop. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    /** Closes the connection. */
    public void close() {
        execute(channel::close);
    }

    /** Closes the connection, without the good-bye of TLS. */
    public void abort() {
        execute(connection::abort);
    }

    private void fail(int closeCode, Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        // What still comes is not decoded any more; frames can still be sent.
        channel.pipeline().remove(WebSocket13FrameDecoder.class);
        events.failed(closeCode, cause);
        channel.read();
    }

    /** What stands for {@code cause}, or -1 if it is not about the frames. */
    private static int closeCode(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            return corrupted.closeStatus().code();
        }
        // The decompressor refuses what is malformed with a cause, and what is too long without one.
        if (cause instanceof TooLongFrameException
                || cause instanceof DecompressionException && cause.getCause() == null) {
            return WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
        }
        boolean ofFrames = cause instanceof DecoderException && !(cause.getCause() instanceof SSLException);
        return ofFrames ? WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code() : -1;
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (!failed && message instanceof WebSocketFrame frame) {
                    received(frame);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void received(WebSocketFrame frame) {
            if (frame.content().readableBytes() > maxBytes) {
                throw new TooLongFrameException("A message of more than " + maxBytes + " bytes");
            }
            events.received(frame);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            events.heard();
            if (failed || events.wantsMore()) {
                context.read();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            int code = closeCode(cause);
            if (code >= 0) {
                fail(code, cause);
            } else {
                error = error == null ? cause : error;
                connection.abort();
            }
        }
    }
}

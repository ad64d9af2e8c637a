package dev.jawait.runtime.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Sends the body of a request, as fast as the server takes it. On the channel's loop. */
abstract class BodyWriter {
    private static final byte[] NOTHING = {};

    final Channel channel;
    final WriterEvents events;

    /** Whether the system has taken the last byte, or is sure to. */
    boolean written;

    BodyWriter(Channel channel, WriterEvents events) {
        this.channel = channel;
        this.events = events;
    }

    static BodyWriter of(@Nullable WireBody body, Channel channel, WriterEvents events) {
        if (body instanceof WireBody.Stream stream) {
            return new StreamWriter(stream, channel, events);
        }
        if (body instanceof WireBody.File file) {
            return channel.pipeline().get(SslHandler.class) == null
                    ? new FileWriter(file, channel, events)
                    : new StreamWriter(file.otherwise(), channel, events);
        }
        return new BytesWriter(body instanceof WireBody.Bytes bytes ? bytes.bytes() : NOTHING, channel, events);
    }

    /** The head has been written, and not yet flushed. */
    abstract void start();

    /** The channel takes more. */
    void goOn() {}

    /** Nobody wants the rest. */
    void stop() {}

    /** Writes what is last; the listener of {@link #events} hears when it is with the system. */
    final void writeLast(Object message) {
        writeLast(message, channel.newPromise());
    }

    final void writeLast(Object message, ChannelPromise promise) {
        channel.writeAndFlush(message, promise).addListener((ChannelFutureListener) this::lastWritten);
    }

    private void lastWritten(ChannelFuture future) {
        if (future.isSuccess()) {
            written = true;
            events.written();
        } else {
            failed(future.cause());
        }
    }

    /** The last could not be written; where that is the connection's fault, its end tells so. */
    void failed(Throwable cause) {}
}

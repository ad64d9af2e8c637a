package dev.jawait.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** Sends one request: at once if it is small, else as fast as the server takes it. On the channel's loop. */
final class RequestWriter {
    /** What an empty send buffer of the system takes for certain. */
    private static final int SMALL = 16 * 1024;

    private static final int PIECE = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final Channel channel;
    private final byte[] body;
    private final Runnable onWritten;
    private int position;
    private boolean written;

    /** @param onWritten called when the system has taken the last byte, unless that was at once */
    RequestWriter(Channel channel, byte[] body, Runnable onWritten) {
        this.channel = channel;
        this.body = body;
        this.onWritten = onWritten;
    }

    static byte[] bodyOf(WireRequest request) {
        byte[] body = request.body();
        return body == null ? NOTHING : body;
    }

    void start(ByteBuf head) {
        channel.write(head, channel.voidPromise());
        if (body.length <= SMALL) {
            written = true;
            writeBody(body.length);
            channel.flush();
        } else {
            goOn();
        }
    }

    private void writeBody(int length) {
        if (length > 0) {
            channel.write(Unpooled.wrappedBuffer(body, position, length), channel.voidPromise());
            position += length;
        }
    }

    /** The channel takes more. */
    void goOn() {
        while (!written && position < body.length && channel.isWritable()) {
            int length = Math.min(PIECE, body.length - position);
            if (position + length == body.length) {
                writeLast();
            } else {
                writeBody(length);
            }
        }
        channel.flush();
    }

    private void writeLast() {
        ByteBuf last = Unpooled.wrappedBuffer(body, position, body.length - position);
        position = body.length;
        channel.write(last).addListener((ChannelFutureListener) this::lastWritten);
    }

    private void lastWritten(ChannelFuture future) {
        if (future.isSuccess()) {
            written = true;
            onWritten.run();
        }
    }

    boolean isWritten() {
        return written;
    }
}

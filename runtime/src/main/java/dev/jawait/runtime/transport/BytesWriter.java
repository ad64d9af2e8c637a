package dev.jawait.runtime.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/** Sends bytes in memory: at once if there are few. */
final class BytesWriter extends BodyWriter {
    /** What an empty send buffer of the system takes for certain. */
    private static final int SMALL = 16 * 1024;

    private static final int PIECE = 64 * 1024;

    private final byte[] body;
    private int position;

    BytesWriter(byte[] body, Channel channel, WriterEvents events) {
        super(channel, events);
        this.body = body;
    }

    @Override
    void start() {
        if (body.length <= SMALL) {
            written = true;
            write(body.length);
            channel.flush();
            events.written();
        } else {
            goOn();
        }
    }

    private void write(int length) {
        if (length > 0) {
            channel.write(Unpooled.wrappedBuffer(body, position, length), channel.voidPromise());
            position += length;
        }
    }

    @Override
    void goOn() {
        while (position < body.length && channel.isWritable()) {
            int length = Math.min(PIECE, body.length - position);
            if (position + length == body.length) {
                int start = position;
                position = body.length;
                writeLast(Unpooled.wrappedBuffer(body, start, length));
                return;
            }
            write(length);
        }
        channel.flush();
    }
}

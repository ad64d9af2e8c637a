package dev.jawait.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends what a publisher sends, one piece requested at a time; in chunks where the length is not known before. */
final class StreamWriter extends BodyWriter implements Flow.Subscriber<ByteBuffer> {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final WireBody.Stream body;
    private Flow.@Nullable Subscription subscription;
    private boolean requested;
    private boolean over;
    private long sent;

    StreamWriter(WireBody.Stream body, Channel channel, WriterEvents events) {
        super(channel, events);
        this.body = body;
    }

    @Override
    void start() {
        channel.flush();
        body.publisher().subscribe(this);
    }

    @Override
    void goOn() {
        if (subscription != null && !requested && !over && channel.isWritable()) {
            requested = true;
            subscription.request(1);
        }
    }

    @Override
    void stop() {
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void onLoop(Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            step.run();
            return;
        }
        try {
            channel.eventLoop().execute(step);
        } catch (RejectedExecutionException e) {
            // The loops have ended, and with them all connections.
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        onLoop(() -> {
            if (over || subscription != null) {
                given.cancel();
            } else {
                subscription = given;
                goOn();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer piece) {
        onLoop(() -> send(piece));
    }

    @Override
    public void onError(Throwable cause) {
        onLoop(() -> fail(cause));
    }

    @Override
    public void onComplete() {
        onLoop(this::complete);
    }

    private void send(ByteBuffer piece) {
        requested = false;
        if (over) {
            return;
        }
        int length = piece.remaining();
        sent += length;
        if (body.length() >= 0 && sent > body.length()) {
            fail(new IOException("it is longer than the " + body.length() + " bytes that were announced"));
            return;
        }
        if (length > 0) {
            write(Unpooled.wrappedBuffer(piece), length);
            events.writing();
        }
        goOn();
    }

    private void write(ByteBuf piece, int length) {
        if (body.length() < 0) {
            byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(Unpooled.wrappedBuffer(size), channel.voidPromise());
            channel.write(piece, channel.voidPromise());
            channel.writeAndFlush(Unpooled.wrappedBuffer(LINE_END), channel.voidPromise());
        } else {
            channel.writeAndFlush(piece, channel.voidPromise());
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            stop();
            events.bodyFailed(cause);
        }
    }

    private void complete() {
        if (over) {
            return;
        }
        if (body.length() >= 0 && sent < body.length()) {
            fail(new IOException("it ended after " + sent + " of the " + body.length() + " bytes that were announced"));
            return;
        }
        over = true;
        writeLast(body.length() < 0 ? Unpooled.wrappedBuffer(LAST_CHUNK) : Unpooled.EMPTY_BUFFER);
    }
}

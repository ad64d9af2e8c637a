package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.Timer;
import dev.jawait.runtime.loop.Timers;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends one request: its head, then its body, once the server wants it. On the channel's loop. */
final class RequestWriter {
    /** A server that does not know the expectation would let a client wait for ever (RFC 9110, section 10.1.1). */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final Timers timers;
    private final RequestHead head;
    private final BodyWriter body;
    private @Nullable Timer patience;
    private boolean sending;

    RequestWriter(Channel channel, Timers timers, RequestHead head, @Nullable WireBody body, WriterEvents events) {
        this.channel = channel;
        this.timers = timers;
        this.head = head;
        this.body = BodyWriter.of(body, channel, events);
    }

    void start() {
        channel.write(head.toBuffer(), channel.voidPromise());
        if (head.expectsContinue()) {
            channel.flush();
            patience = timers.after(PATIENCE_NANOS, this::proceed);
        } else {
            sendBody();
        }
    }

    private void sendBody() {
        sending = true;
        body.start();
    }

    /** The server wants the body, or does not say. */
    void proceed() {
        if (patience != null) {
            forgetPatience();
            sendBody();
        }
    }

    private void forgetPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    /** The channel takes more. */
    void goOn() {
        if (sending && !body.written) {
            body.goOn();
        }
    }

    /** The response is there: a body that has not been asked for stays here. */
    void responded() {
        forgetPatience();
    }

    /** Nobody wants the rest. */
    void stop() {
        forgetPatience();
        if (sending && !body.written) {
            body.stop();
        }
    }

    boolean isWritten() {
        return body.written;
    }
}

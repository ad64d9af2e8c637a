package dev.jawait.runtime.transport;

import dev.jawait.runtime.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose server has switched to another protocol (RFC 9110, section 7.8). It keeps its place in the pool until it
 * is closed. On its loop.
 */
public final class Upgraded {
    private final Connection connection;
    private final Channel channel;
    private final Loop loop;
    private final int bufferSize;
    private @Nullable Runnable onPoolClosed;

    Upgraded(Connection connection, Channel channel, Loop loop, int bufferSize) {
        this.connection = connection;
        this.channel = channel;
        this.loop = loop;
        this.bufferSize = bufferSize;
    }

    Channel channel() {
        return channel;
    }

    Loop loop() {
        return loop;
    }

    /** How many bytes are worth receiving before they are asked for. */
    int bufferSize() {
        return bufferSize;
    }

    /**
     * Has {@code handlers} speak the protocol, from the first byte after the response on.
     *
     * @param onPoolClosed hears that the pool was closed, and closes the connection in its own time
     */
    void begin(Runnable onPoolClosed, ChannelHandler... handlers) {
        this.onPoolClosed = onPoolClosed;
        channel.pipeline().addLast(handlers);
        connection.stepAside();
        channel.read();
    }

    void poolClosed() {
        if (onPoolClosed == null) {
            abort();
        } else {
            onPoolClosed.run();
        }
    }

    /** Closes it and gives up its place. */
    public void abort() {
        connection.discard();
    }
}

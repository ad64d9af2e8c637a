package dev.jawait.runtime.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is given between TCP and those who talk over it: a proxy's tunnel, TLS. May be opened several times, on
 * a channel each.
 *
 * @param step what it counts as
 */
public record Layer(Connecting.Step step, Opener opener) {
    /** Opens a layer. */
    @FunctionalInterface
    public interface Opener {
        /** Begins, on the channel's loop; tells {@code done} there, once: null, or why it failed. */
        void open(Channel channel, Consumer<@Nullable Throwable> done);
    }

    /** Puts {@code handler} behind the layers that are there. */
    public static void add(Channel channel, ChannelHandler handler) {
        String last = channel.pipeline().lastContext().name();
        channel.pipeline().addBefore(last, null, handler);
    }
}

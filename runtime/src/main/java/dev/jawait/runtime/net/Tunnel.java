package dev.jawait.runtime.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The talk with a proxy that is to open a tunnel. Sets no time limit: whoever connects has one. Afterwards its handlers are
 * gone; a byte that comes with the proxy's answer is an error, since nobody behind the tunnel speaks before the client does.
 */
public abstract class Tunnel extends ChannelInboundHandlerAdapter {
    private Consumer<@Nullable Throwable> done = error -> {};
    private boolean over;

    /** A tunnel as a layer; {@code maker} makes one for each connection. */
    public static Layer layer(Supplier<Tunnel> maker) {
        return new Layer(Connecting.Step.PROXY, (channel, done) -> maker.get().open(channel, done));
    }

    private void open(Channel channel, Consumer<@Nullable Throwable> done) {
        this.done = done;
        for (ChannelHandler codec : codecs()) {
            Layer.add(channel, codec);
        }
        Layer.add(channel, this);
        begin(channel.pipeline().context(this));
        channel.read();
    }

    /** What stands between the bytes and {@link #answered}. */
    protected abstract ChannelHandler[] codecs();

    /** Says the first word. */
    protected abstract void begin(ChannelHandlerContext context);

    /**
     * An answer has come.
     *
     * @return whether the tunnel is open
     * @throws IOException if the proxy refuses, or what it says is malformed
     */
    protected abstract boolean answered(ChannelHandlerContext context, Object message) throws IOException;

    /** The tunnel is open: takes the codecs away. */
    protected abstract void removeCodecs(ChannelHandlerContext context);

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (over) {
                throw new IOException("bytes came with the proxy's answer");
            } else if (answered(context, message)) {
                over = true;
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** The portion in which the last answer came has been looked at to its end. */
    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        if (!over) {
            context.read();
        } else if (context.channel().isActive()) {
            removeCodecs(context);
            context.pipeline().remove(this);
            tell(null);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the proxy hung up"));
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    /** Whoever connects closes the channel. */
    private void fail(Throwable cause) {
        over = true;
        tell(cause);
    }

    private void tell(@Nullable Throwable error) {
        Consumer<@Nullable Throwable> listener = done;
        done = ignored -> {};
        listener.accept(error);
    }
}

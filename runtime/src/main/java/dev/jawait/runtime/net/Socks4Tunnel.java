package dev.jawait.runtime.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.socksx.v4.DefaultSocks4CommandRequest;
import io.netty.handler.codec.socksx.v4.Socks4ClientDecoder;
import io.netty.handler.codec.socksx.v4.Socks4ClientEncoder;
import io.netty.handler.codec.socksx.v4.Socks4CommandResponse;
import io.netty.handler.codec.socksx.v4.Socks4CommandStatus;
import io.netty.handler.codec.socksx.v4.Socks4CommandType;
import java.io.IOException;

/** A tunnel through a SOCKS4 proxy, which resolves names, as SOCKS4A has it. */
public final class Socks4Tunnel extends Tunnel {
    private final String host;
    private final int port;
    private final String user;
    private final Socks4ClientDecoder decoder = new Socks4ClientDecoder();

    /** @param user empty: nobody in particular */
    public Socks4Tunnel(String host, int port, String user) {
        this.host = host;
        this.port = port;
        this.user = user;
    }

    @Override
    protected ChannelHandler[] codecs() {
        return new ChannelHandler[] {Socks4ClientEncoder.INSTANCE, decoder};
    }

    @Override
    protected void removeCodecs(ChannelHandlerContext context) {
        context.pipeline().remove(Socks4ClientEncoder.INSTANCE);
        context.pipeline().remove(decoder);
    }

    @Override
    protected void begin(ChannelHandlerContext context) {
        var request = new DefaultSocks4CommandRequest(Socks4CommandType.CONNECT, host, port, user);
        context.writeAndFlush(request, context.voidPromise());
    }

    @Override
    protected boolean answered(ChannelHandlerContext context, Object message) throws IOException {
        if (!(message instanceof Socks4CommandResponse answer)
                || answer.decoderResult().isFailure()) {
            throw new IOException("what the proxy says is not SOCKS4");
        }
        if (!answer.status().equals(Socks4CommandStatus.SUCCESS)) {
            throw new IOException("the proxy refuses " + host + ":" + port + ": " + answer.status());
        }
        return true;
    }
}

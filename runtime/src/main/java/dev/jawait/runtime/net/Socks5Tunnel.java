package dev.jawait.runtime.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5ClientEncoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.util.NetUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A tunnel through a SOCKS5 proxy (RFC 1928), with a password if it wants one (RFC 1929). The proxy resolves names. */
public final class Socks5Tunnel extends Tunnel {
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final String password;
    private ByteToMessageDecoder decoder = new Socks5InitialResponseDecoder();

    /** @param user null: there are no credentials */
    public Socks5Tunnel(String host, int port, @Nullable String user, String password) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    @Override
    protected ChannelHandler[] codecs() {
        return new ChannelHandler[] {Socks5ClientEncoder.DEFAULT, decoder};
    }

    @Override
    protected void removeCodecs(ChannelHandlerContext context) {
        context.pipeline().remove(Socks5ClientEncoder.DEFAULT);
        context.pipeline().remove(decoder);
    }

    @Override
    protected void begin(ChannelHandlerContext context) {
        send(
                context,
                user == null
                        ? new DefaultSocks5InitialRequest(Socks5AuthMethod.NO_AUTH)
                        : new DefaultSocks5InitialRequest(Socks5AuthMethod.NO_AUTH, Socks5AuthMethod.PASSWORD));
    }

    private static void send(ChannelHandlerContext context, Socks5Message message) {
        context.writeAndFlush(message, context.voidPromise());
    }

    @Override
    protected boolean answered(ChannelHandlerContext context, Object message) throws IOException {
        if (!(message instanceof Socks5Message answer) || answer.decoderResult().isFailure()) {
            throw new IOException("what the proxy says is not SOCKS5");
        }
        if (answer instanceof Socks5InitialResponse method) {
            authenticate(context, method.authMethod());
        } else if (answer instanceof Socks5PasswordAuthResponse authenticated) {
            check(authenticated.status().equals(Socks5PasswordAuthStatus.SUCCESS), "the user or the password");
            connect(context);
        } else if (answer instanceof Socks5CommandResponse response) {
            check(response.status().equals(Socks5CommandStatus.SUCCESS), host + ":" + port + ": " + response.status());
            return true;
        }
        return false;
    }

    private static void check(boolean accepted, String what) throws IOException {
        if (!accepted) {
            throw new IOException("the proxy refuses " + what);
        }
    }

    private void authenticate(ChannelHandlerContext context, Socks5AuthMethod method) throws IOException {
        if (method.equals(Socks5AuthMethod.PASSWORD) && user != null) {
            expect(context, new Socks5PasswordAuthResponseDecoder());
            send(context, new DefaultSocks5PasswordAuthRequest(user, password));
        } else {
            check(method.equals(Socks5AuthMethod.NO_AUTH), user == null ? "to go on without a user" : "any password");
            connect(context);
        }
    }

    private void connect(ChannelHandlerContext context) {
        expect(context, new Socks5CommandResponseDecoder());
        send(context, new DefaultSocks5CommandRequest(Socks5CommandType.CONNECT, addressType(), host, port));
    }

    private Socks5AddressType addressType() {
        if (NetUtil.isValidIpV4Address(host)) {
            return Socks5AddressType.IPv4;
        }
        return NetUtil.isValidIpV6Address(host) ? Socks5AddressType.IPv6 : Socks5AddressType.DOMAIN;
    }

    private void expect(ChannelHandlerContext context, ByteToMessageDecoder next) {
        context.pipeline().replace(decoder, null, next);
        decoder = next;
    }
}

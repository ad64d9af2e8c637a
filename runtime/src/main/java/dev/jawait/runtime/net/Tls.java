package dev.jawait.runtime.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3 on connections; a client always checks that the certificate is the host's. */
public final class Tls {
    private final TlsContext context;
    private final Executor blocking;
    private final long handshakeMillis;
    private final String[] applicationProtocols;

    /** @param context null: the JDK's default */
    public Tls(@Nullable SSLContext context, Executor blocking, long handshakeMillis) {
        this(TlsContext.of(context), blocking, handshakeMillis);
    }

    /**
     * With these settings.
     *
     * @param blocking runs the checks of certificates, which may take long
     * @param handshakeMillis how long a handshake may take; 0: the caller sees to that
     * @param applicationProtocols what is offered by ALPN; none: it is not used
     */
    public Tls(TlsContext context, Executor blocking, long handshakeMillis, String... applicationProtocols) {
        this.context = context;
        this.blocking = blocking;
        this.handshakeMillis = handshakeMillis;
        this.applicationProtocols = applicationProtocols.clone();
    }

    /** TLS with {@code host} as a layer of a connection. */
    public Layer layer(Connecting.Step step, String host, int port) {
        return new Layer(step, (channel, done) -> open(channel, host, port, done));
    }

    /** Not on the loop where trust has to be loaded first. */
    private void open(Channel channel, String host, int port, Consumer<@Nullable Throwable> done) {
        if (context.isLoaded()) {
            shakeHands(channel, host, port, done);
            return;
        }
        CompletableFuture.runAsync(TlsContext::loadDefault, blocking)
                .whenCompleteAsync(
                        (loaded, error) -> {
                            if (error == null && channel.isActive()) {
                                shakeHands(channel, host, port, done);
                            } else {
                                done.accept(error == null ? new ClosedChannelException() : error.getCause());
                            }
                        },
                        channel.eventLoop());
    }

    private void shakeHands(Channel channel, String host, int port, Consumer<@Nullable Throwable> done) {
        SslHandler handler;
        try {
            handler = toServer(host, port);
        } catch (RuntimeException e) {
            done.accept(e);
            return;
        }
        if (channel.pipeline().get(SslHandler.class) != null) {
            Layer.add(channel, new OuterEnd());
        }
        Layer.add(channel, handler);
        channel.read();
        handler.handshakeFuture()
                .addListener(shaken ->
                        done.accept(shaken.isSuccess() ? context.check().objection(handler) : shaken.cause()));
    }

    /** A handler for a connection to {@code host}. */
    public SslHandler toServer(String host, int port) {
        return limited(context.toServer(host, port, blocking, applicationProtocols));
    }

    /** A handler for a connection that was accepted. */
    public SslHandler toClient() {
        return limited(context.toClient(blocking, applicationProtocols));
    }

    private SslHandler limited(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        return handler;
    }

    /** The good-bye of a proxy's TLS is not that of the server behind it. */
    private static final class OuterEnd extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslCloseCompletionEvent)) {
                context.fireUserEventTriggered(event);
            }
        }
    }
}

package dev.jawait.runtime.transport;

import dev.jawait.http.Headers;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.loop.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and the exchange it serves, if it serves one: turns what the decoder says into what the exchange hears.
 * All on its loop, but for what the pool calls.
 */
final class Connection extends ChannelInboundHandlerAdapter implements PooledConnection<Connection>, WriterEvents {
    private final Membership<Connection> membership = new Membership<>(this);
    private final Route route;
    private final Loop loop;
    private final Channel channel;
    private final ConnectionPool<Connection> pool;
    private final long keepAliveNanos;
    private final long retires;
    private final ResponseDecoder decoder;

    private @Nullable HttpExchange exchange;
    private @Nullable RequestWriter writer;
    private @Nullable Throwable error;

    /** The answer by which the server switches protocols; once it has, who speaks the other one. */
    private @Nullable WireResponse switching;

    private @Nullable Upgraded upgraded;
    private boolean used;
    private boolean persistent;
    private boolean untilClose;
    private boolean informational;
    private boolean headCame;

    /** Whether the response has ended: it is over once all that came with its end has been looked at. */
    private boolean ended;

    private boolean closeNotified;
    private long idleNanos;

    /** How many more requests the server is ready to serve on it, as far as it has said. */
    private int requestsLeft = Integer.MAX_VALUE;

    // Written before the pool gets it back, by whose locks they are published.
    private long expires;
    private long idleSince;

    private @Nullable Timer idleTimer;

    /** @param retires from when on it is not used again, on the clock of the loop's timers */
    Connection(
            Route route,
            Loop loop,
            Channel channel,
            ResponseDecoder decoder,
            ConnectionPool<Connection> pool,
            long keepAliveNanos,
            long retires) {
        this.route = route;
        this.loop = loop;
        this.channel = channel;
        this.decoder = decoder;
        this.pool = pool;
        this.keepAliveNanos = keepAliveNanos;
        this.retires = retires;
        this.idleNanos = keepAliveNanos;
        channel.pipeline().addLast(decoder, this);
    }

    @Override
    public Membership<Connection> membership() {
        return membership;
    }

    @Override
    public Route route() {
        return route;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public int loopIndex() {
        return loop.index();
    }

    @Override
    public boolean isUsable() {
        return channel.isActive() && expires - loop.timers().nanoTime() > 0;
    }

    @Override
    public long idleSince() {
        return idleSince;
    }

    /** Whether it has served, or idled, before. */
    boolean isReused() {
        return used;
    }

    /** Whether any byte of the response to the present request has come. */
    boolean hasHeard() {
        return decoder.hasHeard();
    }

    boolean isActive() {
        return channel.isActive() && !decoder.hasSurplus();
    }

    /** Sends the request of {@code exchange}, which hears from now on what comes. */
    void serve(HttpExchange exchange, RequestHead head, WireRequest request) {
        this.exchange = exchange;
        headCame = false;
        ended = false;
        informational = false;
        persistent = !head.isClosing();
        idleNanos = keepAliveNanos;
        decoder.expect(request.method().equals("HEAD"));
        writer = new RequestWriter(channel, loop.timers(), head, request.body(), this);
        writer.start();
        channel.read();
    }

    @Override
    public void writing() {
        if (exchange != null && !headCame) {
            exchange.writing();
        }
    }

    @Override
    public void written() {
        if (exchange != null && !headCame) {
            exchange.written();
        }
    }

    /** With a response on its way already, that is what counts. */
    @Override
    public void bodyFailed(Throwable cause) {
        if (exchange != null && !headCame) {
            exchange.bodyFailed(cause);
        }
    }

    /** Reads on from the socket, if it does not yet. */
    void read() {
        channel.read();
    }

    /** Its exchange leaves it in the middle: closes it and gives up its place. */
    void discard() {
        leave();
        abort();
        pool.remove(this);
    }

    /** Its exchange tries again without it, in its place. */
    void leave() {
        exchange = null;
        if (writer != null) {
            writer.stop();
        }
        writer = null;
    }

    /** Closes the socket, without the good-bye of TLS: who does not read would keep it open. */
    void abort() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void poolClosed() {
        loop.execute(() -> {
            if (exchange != null) {
                exchange.poolClosed();
            } else if (upgraded != null) {
                upgraded.poolClosed();
            } else {
                channel.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (exchange == null) {
            ReferenceCountUtil.release(message);
        } else if (((HttpObject) message).decoderResult().isFailure()) {
            malformed(exchange, ((HttpObject) message).decoderResult().cause());
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpResponse response) {
            headCame(exchange, response);
        } else {
            contentCame(exchange, (HttpContent) message);
        }
    }

    private void malformed(HttpExchange exchange, Throwable cause) {
        RequestInfo request = exchange.info();
        if (cause instanceof PrematureChannelClosureException) {
            disconnected(exchange);
        } else if (headCame) {
            exchange.broken(Failures.badBody(request, cause));
        } else {
            exchange.broken(Failures.badHead(request, cause));
        }
    }

    private void headCame(HttpExchange exchange, HttpResponse response) {
        HttpResponseStatus status = response.status();
        if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            switching(exchange, wire(response));
            return;
        }
        informational = status.codeClass() == HttpStatusClass.INFORMATIONAL;
        if (status.code() == HttpResponseStatus.CONTINUE.code() && writer != null) {
            writer.proceed();
        }
        if (!informational) {
            headCame = true;
            stopWaiting();
            readFraming(response);
            exchange.responded(wire(response));
        }
    }

    private WireResponse wire(HttpResponse response) {
        HttpResponseStatus status = response.status();
        return new WireResponse(status.code(), status.reasonPhrase(), headers(response), used);
    }

    private void switching(HttpExchange exchange, WireResponse response) {
        if (exchange.wantsUpgrade()) {
            switching = response;
        } else {
            exchange.broken(Failures.switched(exchange.info()));
        }
    }

    private void stopWaiting() {
        if (writer != null) {
            writer.responded();
        }
    }

    private void readFraming(HttpResponse response) {
        untilClose = !decoder.isWithoutBody()
                && !HttpUtil.isTransferEncodingChunked(response)
                && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        persistent &= !untilClose && HttpUtil.isKeepAlive(response);
        String keepAlive = response.headers().get("Keep-Alive");
        if (requestsLeft != Integer.MAX_VALUE) {
            requestsLeft--;
        }
        if (keepAlive != null) {
            idleNanos = Math.min(idleNanos, KeepAlive.nanos(keepAlive, idleNanos));
            requestsLeft = Math.min(requestsLeft, KeepAlive.requests(keepAlive, requestsLeft));
        }
        persistent &= requestsLeft > 0;
    }

    static Headers headers(HttpResponse response) {
        String[] strings = new String[2 * response.headers().size()];
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                response.headers().iteratorCharSequence();
        for (int i = 0; fields.hasNext(); i += 2) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            strings[i] = field.getKey().toString();
            strings[i + 1] = field.getValue().toString();
        }
        return Headers.of(strings);
    }

    private void contentCame(HttpExchange exchange, HttpContent content) {
        ByteBuf data = content.content();
        if (data.isReadable()) {
            exchange.received(data);
        } else {
            content.release();
        }
        // What the exchange told its handler may have ended it.
        if (content instanceof LastHttpContent && exchange == this.exchange) {
            if (switching == null) {
                lastCame(exchange);
            } else {
                upgrade(exchange, switching);
            }
        }
    }

    private void upgrade(HttpExchange exchange, WireResponse response) {
        leave();
        cancelIdleTimer();
        channel.closeFuture().addListener(closed -> pool.remove(this));
        upgraded = new Upgraded(this, channel, loop, exchange.bufferSize());
        exchange.upgraded(response, upgraded);
    }

    /** Hears nothing more: what came after the last response goes to the handlers behind it. */
    void stepAside() {
        channel.pipeline().remove(this);
        channel.pipeline().remove(decoder);
    }

    private void lastCame(HttpExchange exchange) {
        if (informational) {
            informational = false;
        } else if (untilClose && isCut()) {
            exchange.broken(Failures.cutShort(exchange.info(), error));
        } else {
            ended = true;
        }
    }

    /** What is right behind the response belongs to no other one: the next request has not been sent. */
    private void finish(HttpExchange served) {
        ended = false;
        served.complete();
        giveBack();
        served.deliver();
    }

    /** Whether the end of the connection may have been forged, or came by accident. */
    private boolean isCut() {
        return error != null || route.isSecure() && !closeNotified;
    }

    private void giveBack() {
        boolean reusable = persistent && writer != null && writer.isWritten() && !decoder.hasSurplus() && error == null;
        leave();
        if (reusable) {
            idle();
        } else {
            close();
            pool.remove(this);
        }
    }

    /** Nobody listens to it yet, so it must listen itself: it has been opened ahead of need. */
    void idleFromTheStart() {
        channel.read();
        idle();
    }

    private void idle() {
        used = true;
        long now = loop.timers().nanoTime();
        long nanos = Math.min(idleNanos, retires - now);
        if (nanos > 0 && channel.isActive()) {
            expires = now + nanos;
            idleSince = now;
            watchIdling();
            pool.release(this);
        } else {
            close();
            pool.remove(this);
        }
    }

    /** One timer for many idle times: while the connection is in use it is left alone. */
    private void watchIdling() {
        if (idleTimer != null && idleTimer.deadline() - expires > 0) {
            cancelIdleTimer();
        }
        if (idleTimer == null) {
            idleTimer = loop.timers().at(expires, this::idledEnough);
        }
    }

    private void cancelIdleTimer() {
        if (idleTimer != null) {
            idleTimer.cancel();
            idleTimer = null;
        }
    }

    private void idledEnough() {
        idleTimer = null;
        boolean expired = loop.timers().nanoTime() - expires >= 0;
        if (expired && pool.removeIdle(this)) {
            channel.close();
        } else if (!expired && exchange == null) {
            watchIdling();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (ended && exchange != null) {
            finish(exchange);
        }
        if (exchange == null) {
            context.read();
        } else {
            exchange.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (writer != null && context.channel().isWritable()) {
            writing();
            writer.goOn();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        closeNotified |= event == SslCloseCompletionEvent.SUCCESS;
    }

    /** After a failure to write the response may still be there to be read; after one to read the end follows. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (error == null) {
            error = cause;
        }
        if (cause instanceof IOException) {
            context.read();
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelIdleTimer();
        if (ended && exchange != null) {
            finish(exchange);
        }
        if (exchange == null) {
            // Not if it has just been given to an exchange: that one finds out, and opens another in its place.
            pool.removeIdle(this);
        } else {
            disconnected(exchange);
        }
    }

    private void disconnected(HttpExchange exchange) {
        RequestInfo request = exchange.info();
        if (headCame) {
            exchange.broken(Failures.cutShort(request, error));
        } else {
            exchange.disconnected(Failures.disconnected(request, decoder.hasHeard(), error));
        }
    }
}

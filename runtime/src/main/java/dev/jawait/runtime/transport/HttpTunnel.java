package dev.jawait.runtime.transport;

import dev.jawait.http.Headers;
import dev.jawait.http.Proxy;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.net.Tunnel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.URI;

/**
 * A tunnel through an HTTP proxy, by CONNECT (RFC 9110, section 9.3.6): open if the proxy answers with 2xx, with nothing
 * else. Framing headers of such an answer mean nothing.
 */
final class HttpTunnel extends Tunnel {
    private final Origin to;
    private final Proxy proxy;
    private final ResponseDecoder decoder = new ResponseDecoder(HeadLimits.DEFAULT);
    private boolean accepted;

    HttpTunnel(Origin to, Proxy proxy) {
        this.to = to;
        this.proxy = proxy;
    }

    /** The proxy answered with something else. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        final int status;
        final transient Headers headers;

        Refused(HttpResponseStatus status, Headers headers) {
            super(status.toString());
            this.status = status.code();
            this.headers = headers;
        }
    }

    @Override
    protected ChannelHandler[] codecs() {
        return new ChannelHandler[] {decoder};
    }

    @Override
    protected void removeCodecs(ChannelHandlerContext context) {
        context.pipeline().remove(decoder);
    }

    @Override
    protected void begin(ChannelHandlerContext context) {
        // Without a body, whatever the answer.
        decoder.expect(true);
        context.writeAndFlush(new RequestHead(request(), true).toBuffer(), context.voidPromise());
    }

    private WireRequest request() {
        String authority = to.hostAndPort();
        HttpHeaders headers = ProxyHeaders.of(proxy).set(HttpHeaderNames.HOST, authority);
        RequestInfo info = new RequestInfo("CONNECT", URI.create(to.toString()), 0, 1, null);
        return new WireRequest("CONNECT", Route.direct(to), authority, headers, null, info);
    }

    @Override
    protected boolean answered(ChannelHandlerContext context, Object message) throws IOException {
        HttpObject part = (HttpObject) message;
        if (part.decoderResult().isFailure()) {
            throw new IOException(
                    "the proxy's answer is malformed", part.decoderResult().cause());
        }
        if (part instanceof HttpResponse response) {
            check(response);
        } else if (accepted && part instanceof LastHttpContent) {
            if (decoder.hasSurplus()) {
                throw new IOException("bytes came with the proxy's answer");
            }
            return true;
        }
        return false;
    }

    private void check(HttpResponse response) throws IOException {
        HttpResponseStatus status = response.status();
        boolean preliminary = status.codeClass() == HttpStatusClass.INFORMATIONAL && status.code() != 101;
        accepted = status.codeClass() == HttpStatusClass.SUCCESS;
        if (!accepted && !preliminary) {
            throw new Refused(status, Connection.headers(response));
        }
    }
}

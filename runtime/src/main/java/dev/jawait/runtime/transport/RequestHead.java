package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import dev.jawait.http.InvalidUrlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;

/** The head of a request as bytes: the last gate before the wire, where each character is checked. */
final class RequestHead {
    private static final Set<String> WITH_LENGTH = Set.of("POST", "PUT", "PATCH");
    /** What a request line and Host have beside method, target and authority, and the empty line. */
    private static final int REST = "  HTTP/1.1\r\nHost: \r\n\r\n".length();

    private static final int FRAMING = "Transfer-Encoding: chunked\r\n".length();

    private final HeadBytes bytes;
    private final boolean closing;
    private final boolean expecting;

    /**
     * @param persistent whether the connection is to live on
     * @throws ClientException if a character is not allowed where it is; an {@link InvalidUrlException} if in the URL
     */
    RequestHead(WireRequest request, boolean persistent) {
        Route route = request.route();
        FieldBlock fields = block(withProxy(request.headers(), route));
        bytes = new HeadBytes(estimate(request, fields));
        bytes.token("method", request.method());
        bytes.raw(" ");
        bytes.url("target", route.isForwarded() ? route.origin() + request.target() : request.target());
        bytes.raw(" HTTP/1.1\r\n");
        bytes.all(fields.bytes);
        if (!fields.hasHost()) {
            bytes.raw("Host: ");
            bytes.url("host", request.origin().authority());
            bytes.raw("\r\n");
        }
        addFraming(request);
        boolean closes = !persistent && !fields.isClosing() && !fields.isUpgrading();
        if (closes) {
            bytes.raw("Connection: close\r\n");
        }
        bytes.raw("\r\n");
        closing = closes || fields.isClosing();
        expecting = fields.isExpecting() && request.body() != null;
    }

    private static FieldBlock block(HttpHeaders headers) {
        return headers instanceof CommonHeaders common ? common.block() : new FieldBlock(headers);
    }

    /** How long it will be, or a little less if the transport adds more than is usual. */
    private static int estimate(WireRequest request, FieldBlock fields) {
        int size = REST
                + request.method().length()
                + request.target().length()
                + request.origin().authority().length()
                + fields.bytes.length();
        return request.body() == null ? size : size + FRAMING;
    }

    private void addFraming(WireRequest request) {
        WireBody body = request.body();
        if (body != null && body.length() < 0) {
            bytes.raw("Transfer-Encoding: chunked\r\n");
        } else if (body != null || WITH_LENGTH.contains(request.method())) {
            bytes.raw("Content-Length: " + (body == null ? 0 : body.length()) + "\r\n");
        }
    }

    /** The proxy's own headers are for its eyes, and what is sent through a tunnel is not. */
    private static HttpHeaders withProxy(HttpHeaders headers, Route route) {
        if (route.proxy() == null) {
            return headers;
        }
        if (route.isForwarded()) {
            HttpHeaders proxys = ProxyHeaders.of(route.proxy());
            HttpHeaders all = headers.copy();
            proxys.names().forEach(all::remove);
            return all.add(proxys);
        }
        if (headers.contains(HttpHeaderNames.PROXY_AUTHORIZATION)) {
            throw new ClientException(
                    "The header Proxy-Authorization would go through the tunnel, to the server: give the credentials to the"
                            + " Proxy",
                    null);
        }
        return headers;
    }

    /** Whether it asks the server to close the connection. */
    boolean isClosing() {
        return closing;
    }

    /** Whether the body is to wait until the server wants it. */
    boolean expectsContinue() {
        return expecting;
    }

    /** The bytes, not copied; may be asked for again. */
    ByteBuf toBuffer() {
        return Unpooled.wrappedBuffer(bytes.array(), 0, bytes.length());
    }
}

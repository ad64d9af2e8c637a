package dev.jawait.runtime.transport;

import dev.jawait.http.ClientException;
import dev.jawait.http.InvalidUrlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The head of a request as bytes: the last gate before the wire. Each character is checked as it is written, so that
 * nothing can end a line early or add one.
 */
final class RequestHead {
    private static final Set<String> WITH_LENGTH = Set.of("POST", "PUT", "PATCH");
    /** What a request line and Host have beside method, target and authority, and the empty line. */
    private static final int REST = "  HTTP/1.1\r\nHost: \r\n\r\n".length();

    private static final int FRAMING = "Transfer-Encoding: chunked\r\n".length();
    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                .chars()
                .forEach(c -> TOKEN[c] = true);
    }

    private byte[] bytes;
    private int length;
    private boolean hasHost;
    private boolean closing;
    private boolean expecting;
    private boolean upgrading;

    /**
     * @param persistent whether the connection is to live on
     * @throws ClientException if a character is not allowed where it is; an {@link InvalidUrlException} if in the URL
     */
    RequestHead(WireRequest request, boolean persistent) {
        Route route = request.route();
        HttpHeaders headers = withProxy(request.headers(), route);
        bytes = new byte[estimate(request, headers)];
        token("method", request.method());
        raw(" ");
        url("target", route.isForwarded() ? route.origin() + request.target() : request.target());
        raw(" HTTP/1.1\r\n");
        fields(headers);
        if (!hasHost) {
            raw("Host: ");
            url("host", request.origin().authority());
            raw("\r\n");
        }
        framing(request);
        if (!persistent && !closing && !upgrading) {
            closing = true;
            raw("Connection: close\r\n");
        }
        raw("\r\n");
    }

    /** How long it will be, or a little less if the transport adds more than is usual. */
    private static int estimate(WireRequest request, HttpHeaders headers) {
        int size = REST
                + request.method().length()
                + request.target().length()
                + request.origin().authority().length();
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            size += field.getKey().length() + field.getValue().length() + 4;
        }
        return request.body() == null ? size : size + FRAMING;
    }

    private void framing(WireRequest request) {
        WireBody body = request.body();
        expecting &= body != null;
        if (body != null && body.length() < 0) {
            raw("Transfer-Encoding: chunked\r\n");
        } else if (body != null || WITH_LENGTH.contains(request.method())) {
            raw("Content-Length: " + (body == null ? 0 : body.length()) + "\r\n");
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

    private void fields(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            String name = field.getKey().toString();
            note(name, field.getValue());
            token("header name", name);
            raw(": ");
            value(name, field.getValue());
            raw("\r\n");
        }
    }

    private void note(String name, CharSequence value) {
        if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new ClientException("The header " + name + " follows from the body and cannot be set", null);
        }
        expecting |= name.equalsIgnoreCase("Expect") && value.toString().trim().equalsIgnoreCase("100-continue");
        hasHost |= name.equalsIgnoreCase("Host");
        if (name.equalsIgnoreCase("Connection")) {
            closing |= value.toString().trim().equalsIgnoreCase("close");
            upgrading |= value.toString().trim().equalsIgnoreCase("Upgrade");
        }
    }

    private void token(String what, CharSequence text) {
        if (text.length() == 0) {
            throw new ClientException("The " + what + " is empty", null);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !TOKEN[c]) {
                throw new ClientException(illegal(c, what), null);
            }
            write(c);
        }
    }

    private void url(String what, CharSequence text) {
        if (text.length() == 0) {
            throw new InvalidUrlException("The " + what + " is empty", null);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127) {
                throw new InvalidUrlException(illegal(c, what), null);
            }
            write(c);
        }
    }

    private void value(String name, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c > 255) {
                throw new ClientException(illegal(c, "value of the header " + name), null);
            }
            write(c);
        }
    }

    private static String illegal(char c, String where) {
        return String.format("Illegal character U+%04X in the %s", (int) c, where);
    }

    private void raw(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    private void write(char c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) c;
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
        return Unpooled.wrappedBuffer(bytes, 0, length);
    }
}

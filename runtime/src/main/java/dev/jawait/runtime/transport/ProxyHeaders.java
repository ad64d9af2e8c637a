package dev.jawait.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jawait.http.Proxy;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.util.Base64;
import java.util.Map;

/** What an HTTP proxy is told, and nobody else. */
final class ProxyHeaders {
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private ProxyHeaders() {}

    /** The proxy's own headers and, unless one of them is that, its credentials (RFC 7617). */
    static HttpHeaders of(Proxy proxy) {
        HttpHeaders headers = UNCHECKED.newHeaders();
        for (Map.Entry<String, String> field : proxy.headers().entries()) {
            headers.add(field.getKey(), field.getValue());
        }
        if (proxy.user() != null && !headers.contains(HttpHeaderNames.PROXY_AUTHORIZATION)) {
            headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, basic(proxy.user() + ":" + proxy.password()));
        }
        return headers;
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }
}

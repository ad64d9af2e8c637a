package dev.jawait.runtime.transport;

import dev.jawait.http.RequestInfo;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes to the wire.
 *
 * @param target the path and query, encoded
 * @param headers all of them but Host, Content-Length, Transfer-Encoding and Connection, which the transport sets
 * @param body the body, or null for none
 * @param info what errors and listeners name it by
 */
public record WireRequest(
        String method,
        Route route,
        String target,
        HttpHeaders headers,
        @Nullable WireBody body,
        RequestInfo info) {
    /** Which server answers it. */
    public Origin origin() {
        return route.origin();
    }

    /** Method and URL, without a query, which may be a secret. */
    @Override
    public String toString() {
        String url = info.url().toString();
        int query = url.indexOf('?');
        return info.method() + ' ' + (query < 0 ? url : url.substring(0, query));
    }
}

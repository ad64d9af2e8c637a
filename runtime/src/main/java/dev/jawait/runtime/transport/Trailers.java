package dev.jawait.runtime.transport;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/** Makes room for the fields behind a body: only chunked ones have any, Netty asks for each. */
final class Trailers implements HttpHeadersFactory {
    boolean chunked;

    @Override
    public HttpHeaders newHeaders() {
        return chunked ? DefaultHttpHeadersFactory.trailersFactory().newHeaders() : EmptyHttpHeaders.INSTANCE;
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
        return newHeaders();
    }
}

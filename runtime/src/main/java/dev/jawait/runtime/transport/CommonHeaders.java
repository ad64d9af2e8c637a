package dev.jawait.runtime.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The header fields that many requests have, whose bytes are made but once: to be changed in a copy alone. */
public final class CommonHeaders extends DefaultHttpHeaders {
    /** The fields are checked where they become bytes. */
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private volatile @Nullable FieldBlock block;

    public CommonHeaders(HttpHeaders fields) {
        super(UNCHECKED.getNameValidator(), UNCHECKED.getValueValidator());
        add(fields);
    }

    FieldBlock block() {
        FieldBlock made = block;
        if (made == null) {
            made = new FieldBlock(this);
            block = made;
        }
        return made;
    }
}

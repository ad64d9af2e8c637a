package dev.jawait.http;

import java.net.URI;

/** JSON was asked for, and the content type says it is none. */
public class ContentTypeException extends ClientResponseException {
    private static final long serialVersionUID = 1L;

    /** @param message what the content type is */
    public ContentTypeException(String message, int status, String method, URI url, Headers headers) {
        super(message, null, status, method, url, headers);
    }
}

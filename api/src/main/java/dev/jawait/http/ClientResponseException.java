package dev.jawait.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A response came, and it is an error: a status of 400 or more where that was asked for, or a malformed head. */
public class ClientResponseException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String method;
    private final URI url;
    private final transient Headers headers;

    /** @param message what is wrong with the response */
    public ClientResponseException(
            String message, @Nullable Throwable cause, int status, String method, URI url, Headers headers) {
        super(status + " " + message + " (" + method + " " + url + ")", cause);
        this.status = status;
        this.method = method;
        this.url = url;
        this.headers = headers;
    }

    /** The status; 400 where the head was malformed, as in aiohttp. */
    public int status() {
        return status;
    }

    /** The method of the request. */
    public String method() {
        return method;
    }

    /** The URL of the request. */
    public URI url() {
        return url;
    }

    /** The headers of the response. */
    public Headers headers() {
        return headers;
    }
}

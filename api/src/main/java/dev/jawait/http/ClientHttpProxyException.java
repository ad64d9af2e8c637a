package dev.jawait.http;

import java.net.URI;

/**
 * The proxy answered, and opened no tunnel: {@link #status()} and {@link #headers()} are the proxy's. Nothing was sent to
 * the server. What a proxy answers to a request that it forwards, to an http URL, is a response like any other.
 */
public class ClientHttpProxyException extends ClientResponseException {
    private static final long serialVersionUID = 1L;

    /** @param message which proxy, and what it said */
    public ClientHttpProxyException(String message, int status, String method, URI url, Headers headers) {
        super(message, null, status, method, url, headers);
    }
}

package dev.jawait.http;

import java.net.URI;
import java.util.List;

/** More redirects than allowed. */
public class TooManyRedirectsException extends ClientResponseException {
    private static final long serialVersionUID = 1L;

    private final transient List<ClientResponse> history;

    /** @param method the first request's
     *  @param url the first request's */
    public TooManyRedirectsException(
            int status, String method, URI url, Headers headers, List<ClientResponse> history) {
        super("Too many redirects: " + history.size(), null, status, method, url, headers);
        this.history = List.copyOf(history);
    }

    /** All responses that redirected, first to last. */
    public List<ClientResponse> history() {
        return history;
    }
}

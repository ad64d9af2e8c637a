package dev.jawait.http;

import java.net.URI;

/** A redirect leads from https to http, which is not followed unless {@link ClientRequest#allowDowngrade} says so. */
public class InsecureRedirectException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final URI from;
    private final URI to;

    /** Both without a user or fragment. */
    public InsecureRedirectException(URI from, URI to) {
        super(
                "The redirect from " + from + " to " + to
                        + " leaves TLS; allowDowngrade(true) on the request follows it all the same",
                null);
        this.from = from;
        this.to = to;
    }

    /** The URL that redirected. */
    public URI from() {
        return from;
    }

    /** Where to. */
    public URI to() {
        return to;
    }
}

package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.net.URI;
import java.util.List;

/** Keeps cookies between the requests of a session. Implementations are safe for use from any thread and never block. */
public interface CookieJar {
    /** A jar in memory that follows RFC 6265: host, path, secure and expiry. */
    static CookieJar create() {
        return HttpRuntime.get().cookieJar();
    }

    /** A jar that keeps nothing: aiohttp's {@code DummyCookieJar}. */
    static CookieJar none() {
        return NoCookieJar.NONE;
    }

    /** Keeps the cookies of a response from {@code from}; one that has expired deletes its like. */
    void store(URI from, List<Cookie> cookies);

    /** The cookies to send to {@code to}, those with longer paths first. */
    List<Cookie> cookiesFor(URI to);

    /** All cookies that have not expired. */
    List<Cookie> all();

    /** Forgets all. */
    void clear();
}

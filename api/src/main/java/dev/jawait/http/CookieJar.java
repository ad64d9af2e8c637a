package dev.jawait.http;

import dev.jawait.Coroutine;
import dev.jawait.spi.HttpRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps cookies between the requests of a session. Implementations are safe for use from any thread and never block. */
public interface CookieJar {
    /** A jar in memory that follows RFC 6265: host, public suffixes, path, secure and expiry. */
    static CookieJar create() {
        return builder().build();
    }

    /** A builder of such a jar. */
    static Builder builder() {
        return HttpRuntime.get().cookieJarBuilder();
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

    /** Forgets those that are {@code unwanted}. */
    void clear(Predicate<? super Cookie> unwanted);

    /** Forgets all. */
    default void clear() {
        clear(cookie -> true);
    }

    /** Forgets the cookies for {@code domain} and all below it. */
    default void clearDomain(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        clear(cookie -> cookie.domain().equals(name) || cookie.domain().endsWith("." + name));
    }

    /**
     * Writes {@link #all()} to {@code file} as JSON, those of the session too. The file takes its name once it is complete,
     * in place of one that was there, and only its owner may read it (mode 0600). Does not block a loop.
     *
     * <p>Ends with {@link java.io.UncheckedIOException} if it cannot be written; then the old one is as it was.
     */
    default Coroutine<@Nullable Void> save(Path file) {
        return HttpRuntime.get().saveCookies(this, file);
    }

    /**
     * Adds what {@link #save} wrote, but for cookies that have expired. Does not block a loop.
     *
     * <p>Ends with {@link java.io.UncheckedIOException} if {@code file} cannot be read, and with
     * {@link IllegalArgumentException} if it is not such a file; then the jar is as it was.
     */
    default Coroutine<@Nullable Void> load(Path file) {
        return HttpRuntime.get().loadCookies(this, file);
    }

    /** Builds a {@link CookieJar} in memory. */
    interface Builder {
        /**
         * Sends secure cookies to the scheme, host and port of {@code url} as if TLS were spoken there: for a server behind
         * a proxy, or on this host. Calling it again adds one.
         *
         * @throws ClientException if {@code url} is none
         */
        Builder treatAsSecureOrigin(String url);

        /**
         * Whether cookies of hosts that are IP addresses are kept, for exactly that address; true if not said. False is
         * what aiohttp does unless its jar is {@code unsafe}.
         */
        Builder acceptFromIp(boolean accept);

        /**
         * Puts a cookie in for the host of {@code url} and all of its paths, until the session ends; over TLS alone if
         * {@code url} is an https one.
         *
         * @throws IllegalArgumentException if no cookie can have this name or value
         * @throws ClientException if {@code url} is none
         */
        Builder cookie(String url, String name, String value);

        /**
         * Puts {@code cookie} in, one of another jar's, say.
         *
         * @throws IllegalArgumentException if no header can have its name or value, or its domain or path is none
         */
        Builder cookie(Cookie cookie);

        /** Makes the jar. */
        CookieJar build();
    }
}

package dev.jawait.http;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** {@link CookieJar#none()}. */
enum NoCookieJar implements CookieJar {
    NONE;

    @Override
    public void store(URI from, List<Cookie> cookies) {}

    @Override
    public List<Cookie> cookiesFor(URI to) {
        return List.of();
    }

    @Override
    public List<Cookie> all() {
        return List.of();
    }

    @Override
    public void clear(Predicate<? super Cookie> unwanted) {}
}

package dev.jawait.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which request a {@link ClientListener} hears of. The same object for all that happens to one attempt at one hop.
 *
 * @param method the method sent
 * @param url the URL sent to, without a user, password or fragment
 * @param hop 0 for the first, counting redirects
 * @param attempt 1 for the first, counting those of a {@link RetryPolicy}
 * @param tag what {@link ClientRequest#tag(Object)} was given
 */
public record RequestInfo(
        String method,
        URI url,
        int hop,
        int attempt,
        @Nullable Object tag) {}

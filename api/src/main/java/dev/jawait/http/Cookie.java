package dev.jawait.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a jar keeps it (RFC 6265, section 5.3).
 *
 * @param domain the host it is for, lower case, without a leading dot
 * @param hostOnly whether it is for that host alone, not for those below it
 * @param path the path it is for
 * @param expires when it ends; null for a session's
 * @param secure whether it is sent over TLS only
 * @param httpOnly kept, of no meaning here
 */
public record Cookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        @Nullable Instant expires,
        boolean secure,
        boolean httpOnly) {
    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return "Cookie[" + name + " for " + (hostOnly ? "" : ".") + domain + path + (secure ? ", secure" : "") + "]";
    }
}

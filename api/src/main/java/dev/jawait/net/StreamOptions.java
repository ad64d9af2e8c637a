package dev.jawait.net;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How streams are opened. Each method gives new options.
 *
 * @param limit how many bytes a line, or what {@link SocketStream#readUntil} looks for, may have; reading from the socket
 *     stops when twice as many wait to be taken
 * @param sslContext the keys and certificates of TLS; null for none
 * @param backlog how many clients may wait to be accepted
 */
public record StreamOptions(int limit, @Nullable SSLContext sslContext, int backlog) {
    /** A limit of 64 KiB, no TLS, a backlog of 100: asyncio's. */
    public static final StreamOptions DEFAULT = new StreamOptions(64 * 1024, null, 100);

    /** @throws IllegalArgumentException if a number is below 1 */
    public StreamOptions {
        if (limit < 1 || backlog < 1) {
            throw new IllegalArgumentException("limit and backlog are 1 or more: " + limit + ", " + backlog);
        }
    }

    /** With this {@link #limit()}. */
    public StreamOptions limit(int bytes) {
        return new StreamOptions(bytes, sslContext, backlog);
    }

    /** With TLS by {@code context}. A server's needs a key. */
    public StreamOptions tls(SSLContext context) {
        return new StreamOptions(limit, context, backlog);
    }

    /** With TLS by what the JDK trusts; for clients. */
    public StreamOptions tls() {
        try {
            return tls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }

    /** With this {@link #backlog()}. */
    public StreamOptions backlog(int clients) {
        return new StreamOptions(limit, sslContext, clients);
    }
}

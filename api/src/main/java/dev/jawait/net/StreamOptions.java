package dev.jawait.net;

import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How streams are opened: {@code StreamOptions.DEFAULT.limit(1024).tls()}. Each method returns new options.
 *
 * @param limit how many bytes may come before the separator in {@link SocketStream#readLine} and
 *     {@link SocketStream#readUntil}; what is received unasked is twice as much, and a portion of 64 KiB, at most
 * @param sslContext the trust and the keys for TLS; null: no TLS
 * @param localAddress where a stream is connected from; null: the system decides. A listener has no use for it
 * @param backlog how many clients may wait in the system to be accepted. A stream that is connected has no use for it
 */
public record StreamOptions(
        int limit,
        @Nullable SSLContext sslContext,
        @Nullable InetSocketAddress localAddress,
        int backlog) {
    /** A limit of 64 KiB, no TLS, a backlog of 100: asyncio's. */
    public static final StreamOptions DEFAULT = new StreamOptions(64 * 1024, null, null, 100);

    /** @throws IllegalArgumentException if the limit or the backlog is not positive */
    public StreamOptions {
        if (limit <= 0 || backlog <= 0) {
            throw new IllegalArgumentException("Not positive: limit " + limit + ", backlog " + backlog);
        }
    }

    /** With this {@link #limit()}. */
    public StreamOptions limit(int bytes) {
        return new StreamOptions(bytes, sslContext, localAddress, backlog);
    }

    /** With TLS by {@code context}; that of a listener or server needs a key. */
    public StreamOptions tls(SSLContext context) {
        return new StreamOptions(limit, context, localAddress, backlog);
    }

    /**
     * With TLS as the JDK has it by default: for clients, with the certificate authorities that it knows.
     *
     * @throws IllegalStateException if the JDK's default cannot be loaded
     */
    public StreamOptions tls() {
        try {
            return tls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The default SSLContext cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** With this {@link #localAddress()}; its port may be 0. */
    public StreamOptions localAddress(InetSocketAddress address) {
        return new StreamOptions(limit, sslContext, address, backlog);
    }

    /** With this {@link #backlog()}. */
    public StreamOptions backlog(int clients) {
        return new StreamOptions(limit, sslContext, localAddress, clients);
    }
}

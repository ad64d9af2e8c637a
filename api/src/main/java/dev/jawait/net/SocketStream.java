package dev.jawait.net;

import dev.jawait.Coroutine;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket: asyncio's {@code StreamReader} and {@code StreamWriter} in one. One task may read and another may
 * write at the same time, but no two may read. A read that is cancelled has taken nothing: what it waited for is there
 * for the next one. What had come before the connection broke, or was closed here, can still be read.
 *
 * <p>Reads fail with {@link java.io.UncheckedIOException} if the connection broke, and with
 * {@link IllegalStateException} if somebody else is reading. Closing the stream here is its end for whoever reads.
 */
public interface SocketStream extends AutoCloseable {
    /** What is there, {@code max} bytes at most; waits for the first one. Empty at the end. */
    Coroutine<byte[]> recv(int max);

    /** All bytes up to the end. */
    Coroutine<byte[]> readAll();

    /** So many bytes; {@link IncompleteReadException} if the end comes before. */
    Coroutine<byte[]> readExactly(int count);

    /**
     * The bytes up to {@code separator} and with it; {@link IncompleteReadException} if the end comes before,
     * {@link LimitOverrunException} if they are more than the {@linkplain StreamOptions#limit() limit}: they then are
     * still there to be read.
     */
    Coroutine<byte[]> readUntil(byte[] separator);

    /**
     * A line in UTF-8 without its end (LF or CR LF), or null at the end; the last one may lack its end.
     * {@link LimitOverrunException} as in {@link #readUntil}.
     */
    Coroutine<@Nullable String> readLine();

    /** Whether the end has come and everything was read. */
    boolean atEof();

    /**
     * Has {@code data} sent, without waiting. Await {@link #drain()} after writing much: what the other side does not take
     * is kept in memory.
     *
     * @throws IllegalStateException if the stream is closed
     */
    void write(byte[] data);

    /** {@link #write(byte[])} of text in UTF-8. */
    void write(String text);

    /** Waits until the rest of what was written is little (below 32 KiB; it is much above 64 KiB); fails if the connection did. */
    Coroutine<@Nullable Void> drain();

    /** Writes {@code data} and waits until the system has all of it. A cancel does not take back what was written. */
    Coroutine<@Nullable Void> sendAll(byte[] data);

    /** Says that no more will be written, once all is sent; reading goes on. */
    void writeEof();

    /**
     * Goes on with TLS. Nothing must be on its way: call it when both sides know that it comes. A stream that was connected
     * is the client, and the certificate must be that of the host it was connected to; an accepted one is the server.
     */
    Coroutine<@Nullable Void> startTls(SSLContext context);

    /** This side's address. */
    InetSocketAddress localAddress();

    /** The other side's address. */
    InetSocketAddress remoteAddress();

    /** Closes it once what was written is sent, in 30 seconds at most; does not wait for that. */
    @Override
    void close();

    /** Waits until it is closed. */
    Coroutine<@Nullable Void> waitClosed();

    /** Closes it at once; what was not sent is lost, and the other side sees a broken connection. */
    void abort();
}

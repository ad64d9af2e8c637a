package dev.jawait.net;

import dev.jawait.AsyncResource;
import dev.jawait.Coroutine;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket: asyncio's {@code StreamReader} and {@code StreamWriter} in one. May be used from any thread; one
 * task at a time may read.
 *
 * <p>A read takes nothing until it has all that it results in: cancelled, it leaves every byte to the next one. Where the
 * connection has broken, what had come can still be read; then reads fail with {@link java.io.UncheckedIOException}, as
 * writing does. Closing the stream on this side is its end for who reads, and wakes who waits to write with
 * {@link IllegalStateException}.
 *
 * <p>With {@code use(stream, body)} it is closed at the end of the body, and waited for until what was written is sent;
 * after an error it is closed without waiting. A stream that is collected without having been closed is aborted
 * then, and logged.
 */
public interface SocketStream extends AutoCloseable, AsyncResource<SocketStream> {
    // ---- reading

    /**
     * What has come, {@code max} bytes at most, but at least one: waits for that. Empty at the end, and nowhere else.
     * {@code read(n)}, {@code sock_recv}.
     *
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    Coroutine<byte[]> recv(int max);

    /** All bytes up to the end: {@code read()}. They are held in memory, as many as come. */
    Coroutine<byte[]> readAll();

    /**
     * So many bytes; ends with {@link IncompleteReadException} if the stream does before.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    Coroutine<byte[]> readExactly(int count);

    /**
     * The bytes up to {@code separator}, and it; ends with {@link IncompleteReadException} if the stream does before, with
     * {@link LimitOverrunException} if more bytes than the {@linkplain StreamOptions#limit() limit} come before it.
     *
     * @throws IllegalArgumentException if {@code separator} is empty
     */
    Coroutine<byte[]> readUntil(byte[] separator);

    /**
     * The next line, as text in UTF-8 without its end (LF, or CR LF); null at the end of the stream. The last line may
     * lack its end. Ends with {@link LimitOverrunException} as {@link #readUntil} does.
     */
    Coroutine<@Nullable String> readLine();

    /** Whether the end has come and all before it was read. */
    boolean atEof();

    // ---- writing

    /**
     * Has a copy of {@code data} sent, after what was written before, without waiting. What the other side does not take
     * is kept in memory: {@link #drain()} waits for that to become little.
     *
     * @throws java.io.UncheckedIOException if the connection has broken
     * @throws IllegalStateException if the stream was closed, or {@link #writeEof()} called
     */
    void write(byte[] data);

    /** {@link #write(byte[])} of what remains in {@code data}, which is read. */
    void write(ByteBuffer data);

    /** {@link #write(byte[])} of text in UTF-8. */
    void write(String text);

    /**
     * Waits, if more than 64 KiB of what was written are not with the system, until no more than 16 KiB of it are not.
     */
    Coroutine<@Nullable Void> drain();

    /**
     * Writes a copy of {@code data}, each time it is awaited, and waits until the system has all of it:
     * {@code sock_sendall}. Cancelled once it has begun, it is sent all the same.
     */
    Coroutine<@Nullable Void> sendAll(byte[] data);

    /**
     * Ends what is sent, after what was written; reading goes on.
     *
     * @throws UnsupportedOperationException with TLS, which ends both ways at once
     */
    void writeEof();

    // ---- TLS

    /**
     * Goes on with TLS, after what was written. Who connected is the client, and the certificate must be that of the host
     * connected to; who accepted is the server. What has come and was not read counts as the other side's handshake.
     * Cancelled or failed, it leaves a stream that is closed.
     *
     * @throws IllegalStateException when it runs, if TLS is spoken already, or somebody reads
     */
    Coroutine<@Nullable Void> startTls(SSLContext context);

    // ---- the connection

    /** Where it is connected from. */
    InetSocketAddress localAddress();

    /** Where it is connected to. */
    InetSocketAddress remoteAddress();

    /**
     * Closes it once what was written is with the system, or the other side has taken nothing of it for 30 seconds. Does
     * not block; calling it again does nothing.
     */
    @Override
    void close();

    /**
     * Waits until it is closed, by {@link #close()} or for another reason. Ends with
     * {@link java.io.UncheckedIOException} if something that was written could not be sent, unless {@link #abort()} was
     * called.
     */
    Coroutine<@Nullable Void> waitClosed();

    /** Closes it now; what was written and not sent is lost, and the other side sees a broken connection. */
    void abort();
}

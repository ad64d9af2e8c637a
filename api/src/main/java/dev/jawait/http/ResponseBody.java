package dev.jawait.http;

import dev.jawait.AsyncIterable;
import dev.jawait.Coroutine;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body as it comes: aiohttp's {@code response.content}. What is not read is not received either: the sender waits. The
 * ways to read take from the same bytes, so they can be mixed. One task at a time may read; another one that tries gets an
 * {@link IllegalStateException}.
 *
 * <p>A read takes nothing until it has all that it results in: cancelled, it leaves every byte to the next one. What a read
 * may end with: {@link ClientPayloadException} if the body ends too early or is malformed, {@link ClientTimeoutException},
 * {@link ClientConnectionException} if the response was closed, and {@link dev.jawait.CancelledException}.
 */
public interface ResponseBody {
    /** How long a line may be if not said otherwise, in bytes: 256 KiB. */
    int MAX_LINE_BYTES = 256 * 1024;

    /** The next bytes that have come, at least one; null at the end. The buffer is the caller's. */
    Coroutine<@Nullable ByteBuffer> read();

    /**
     * As {@link #read()}, but no more than {@code max} bytes: {@code read(n)}.
     *
     * @throws IllegalArgumentException if {@code max} is not positive
     */
    Coroutine<byte @Nullable []> readUpTo(int max);

    /**
     * So many bytes; ends with {@link dev.jawait.net.IncompleteReadException}, which has what came, if the body does before.
     *
     * @throws IllegalArgumentException if {@code count} is negative
     */
    Coroutine<byte[]> readExactly(int count);

    /**
     * The next line, in the {@linkplain ClientResponse#charset() charset} of the response, without its end (LF, or CR LF);
     * null at the end of the body. The last line may lack its end. Ends with {@link dev.jawait.net.LimitOverrunException} if
     * a line is longer than {@code maxBytes}, and with {@link IllegalStateException} if the charset is one in which lines
     * do not end with one byte, such as UTF-16.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    Coroutine<@Nullable String> readLine(int maxBytes);

    /** {@link #readLine(int)} of {@link #MAX_LINE_BYTES} at most. */
    default Coroutine<@Nullable String> readLine() {
        return readLine(MAX_LINE_BYTES);
    }

    /**
     * The lines that are left, as {@link #readLine(int)} has them. A body loops over them with {@code for}; a subscriber gets
     * as many as it asks for, and one that cancels closes the response.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    AsyncIterable<String> lines(int maxBytes);

    /** {@link #lines(int)} of {@link #MAX_LINE_BYTES} at most. */
    default AsyncIterable<String> lines() {
        return lines(MAX_LINE_BYTES);
    }

    /**
     * What {@link #read()} gives, one after the other: {@code iter_any()}. It is a {@link java.util.concurrent.Flow.Publisher},
     * too: what its subscriber does not ask for is not received, and one that cancels closes the response.
     */
    AsyncIterable<ByteBuffer> chunks();

    /**
     * Writes what is left to {@code file}, off the loops, piece by piece; results in how many bytes that were. They are
     * written beside it and take its name once all have come, so that a download that fails or is cancelled leaves nothing,
     * and what {@code file} was before stays.
     *
     * <p>Ends with {@link java.io.UncheckedIOException} if it cannot be written, or is there and not to be replaced.
     *
     * @param options {@link java.nio.file.StandardCopyOption#REPLACE_EXISTING}, or none
     * @throws UnsupportedOperationException for other options
     */
    Coroutine<Long> saveTo(Path file, CopyOption... options);

    /**
     * What is left for code that reads streams and blocks: on a thread that may wait, that of a body or one of your own.
     * On a thread of an event loop its reads are an {@link IllegalStateException}. What reading may end with has an
     * {@link java.io.IOException} around it, but for a cancel. Closing it closes the response. Not safe from several threads.
     */
    InputStream toInputStream();

    /**
     * Has {@code listener} hear of the bytes that are received for this body from now on, instead of one that was given
     * before; results in this body.
     */
    ResponseBody onProgress(ProgressListener listener);

    /** Reads what is left and throws it away; results in how many bytes that were. */
    Coroutine<Long> discard();
}

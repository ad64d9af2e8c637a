package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.io.InputStream;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: what it consists of, what it is, and how long it is. Immutable; what gives another one leaves this
 * one as it is. Made by the functions here and by {@link Multipart}, not to be implemented.
 *
 * <p>What comes from a file, a stream or a publisher is read as the server takes it, a piece at a time, away from the event
 * loops. Without a known length it goes out in chunks ({@code Transfer-Encoding: chunked}). If what it is made of fails, so
 * does the request, with a {@link ClientConnectionException} whose cause that is.
 */
public interface RequestBody {
    /** Bytes of the given content type; not copied, so leave them as they are until the request has ended. */
    static RequestBody bytes(byte[] bytes, String contentType) {
        return HttpRuntime.get().bodies().bytes(bytes, contentType);
    }

    /** Bytes, as {@code application/octet-stream}. */
    static RequestBody bytes(byte[] bytes) {
        return bytes(bytes, "application/octet-stream");
    }

    /** Text in UTF-8, as {@code text/plain; charset=utf-8}. */
    static RequestBody text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    /** Form fields, as {@code application/x-www-form-urlencoded}. Files go in a {@link Multipart}. */
    static RequestBody form(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return bytes(form.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    /**
     * {@code value} as JSON, encoded now.
     *
     * @throws IllegalStateException if no {@link dev.jawait.spi.JsonCodec} is found
     */
    static RequestBody json(@Nullable Object value) {
        return bytes(HttpRuntime.get().json().encode(value), "application/json");
    }

    /**
     * A file, of the content type that its name suggests. Its length is looked at when the request is sent; over plain
     * connections the system sends it without copying it into the process.
     */
    static RequestBody file(Path file) {
        String guess = URLConnection.guessContentTypeFromName(String.valueOf(file.getFileName()));
        return HttpRuntime.get().bodies().file(file, guess == null ? "application/octet-stream" : guess);
    }

    /** A stream, opened anew each time the body is sent, and closed after that. */
    static RequestBody stream(Callable<? extends InputStream> open) {
        return HttpRuntime.get().bodies().stream(open);
    }

    /** A stream that can be read once, so the body can be sent once. It is closed when the request has ended. */
    static RequestBody stream(InputStream stream) {
        return HttpRuntime.get().bodies().stream(stream);
    }

    /** Buffers, iterated over anew each time the body is sent, on a thread that may block. */
    static RequestBody chunks(Iterable<ByteBuffer> chunks) {
        return HttpRuntime.get().bodies().chunks(chunks);
    }

    /** What a publisher sends: it is subscribed to each time the body is sent, and one item requested at a time. */
    static RequestBody publisher(Flow.Publisher<ByteBuffer> publisher) {
        return HttpRuntime.get().bodies().publisher(publisher);
    }

    /** The {@code Content-Type} that is sent, unless the request has a header for it. */
    String contentType();

    /** The {@code Content-Encoding} that is sent; null for none. */
    @Nullable
    String contentEncoding();

    /**
     * How many bytes; -1 if that is not known. Asks the file system, where the body is a file.
     *
     * @throws ClientPayloadException if it is a file, or has one in it, that is not there or may not be read
     */
    long length();

    /**
     * Whether it can be sent more than once: to the target of a redirect, or again after a failure. Where it cannot, a
     * request that needs that fails.
     */
    boolean isReplayable();

    /** This body as another content type. */
    RequestBody withContentType(String contentType);

    /**
     * This body with its length told, so that it goes out with a {@code Content-Length} instead of in chunks. If it turns
     * out to be of another length, the request fails.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    RequestBody withLength(long bytes);

    /**
     * This body compressed as it is sent, with the {@code Content-Encoding} for it. Few servers decompress.
     *
     * @param coding {@code gzip} or {@code deflate}
     * @throws IllegalArgumentException if it is another, or if the body is compressed already
     */
    RequestBody compressed(String coding);

    /** This body, which tells {@code listener} as it is sent. */
    RequestBody onProgress(ProgressListener listener);
}

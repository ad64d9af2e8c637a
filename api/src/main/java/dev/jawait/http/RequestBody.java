package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a request: bytes and what they are. */
public final class RequestBody {
    private final byte[] bytes;
    private final String contentType;

    private RequestBody(byte[] bytes, String contentType) {
        this.bytes = bytes;
        this.contentType = contentType;
    }

    /** Bytes of the given content type; not copied, so leave them as they are until the request has ended. */
    public static RequestBody bytes(byte[] bytes, String contentType) {
        return new RequestBody(bytes, contentType);
    }

    /** Bytes, as {@code application/octet-stream}. */
    public static RequestBody bytes(byte[] bytes) {
        return bytes(bytes, "application/octet-stream");
    }

    /** Text in UTF-8, as {@code text/plain; charset=utf-8}. */
    public static RequestBody text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    /** Form fields, as {@code application/x-www-form-urlencoded}. */
    public static RequestBody form(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return bytes(form.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    /**
     * {@code value} as JSON, encoded now.
     *
     * @throws IllegalStateException if no {@link dev.jawait.spi.JsonCodec} is found
     */
    public static RequestBody json(@Nullable Object value) {
        return bytes(HttpRuntime.get().json().encode(value), "application/json");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** How many bytes. */
    public long length() {
        return bytes.length;
    }

    /** The {@code Content-Type} that is sent, unless the request has a header for it. */
    public String contentType() {
        return contentType;
    }

    /** The bytes themselves, not a copy. */
    public byte[] toBytes() {
        return bytes;
    }
}

package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a body of {@code multipart/form-data} (RFC 7578): fields and files, in the order they are added. aiohttp's
 * {@code FormData}.
 */
public final class Multipart {
    private final List<Part> parts = new ArrayList<>();

    /**
     * One part.
     *
     * @param name the name of the field
     * @param fileName what the file is called; null if it is none
     * @param body the content; its content type is sent with it where {@code fileName} is given
     */
    public record Part(String name, @Nullable String fileName, RequestBody body) {}

    private Multipart() {}

    /** No parts yet. */
    public static Multipart builder() {
        return new Multipart();
    }

    /** Adds a field of text, as browsers send it: in UTF-8, without a content type. */
    public Multipart field(String name, String value) {
        return part(new Part(name, null, RequestBody.text(value)));
    }

    /** Adds a file under its own name. */
    public Multipart file(String name, Path file) {
        return file(name, String.valueOf(file.getFileName()), RequestBody.file(file));
    }

    /** Adds any body as a file. */
    public Multipart file(String name, String fileName, RequestBody body) {
        return part(new Part(name, fileName, body));
    }

    /** Adds a part. */
    public Multipart part(Part part) {
        parts.add(part);
        return this;
    }

    /**
     * The body: as long as its parts together, if all of them know how long they are; replayable if all of them are.
     *
     * @throws IllegalArgumentException if there is no part, or one of them is compressed
     */
    public RequestBody build() {
        return HttpRuntime.get().bodies().multipart(List.copyOf(parts));
    }
}

package dev.jawait.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Content-Disposition} header says (RFC 6266).
 *
 * @param type {@code attachment}, {@code inline} or another, in lower case
 * @param params what else it says, names in lower case and without {@code *}, values decoded (RFC 8187)
 * @param filename the name to save it under, without directories; null if there is none that a file can have
 */
public record ContentDisposition(
        String type, Map<String, String> params, @Nullable String filename) {
    /** Copies {@code params}. */
    public ContentDisposition {
        params = Map.copyOf(params);
    }
}

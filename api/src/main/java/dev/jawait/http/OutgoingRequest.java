package dev.jawait.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a {@link ClientMiddleware} sees it. Immutable; what changes something gives another one.
 *
 * @param url with its query, without a user or fragment; sent with another one, it is an {@link IllegalArgumentException}
 * @param headers without the cookies of the jar, the session's credentials, and what the transport adds
 * @param info what listeners and errors name it by
 */
public record OutgoingRequest(
        String method, URI url, Headers headers, @Nullable RequestBody body, RequestInfo info) {
    /** With this header in place of all of the same name. */
    public OutgoingRequest withHeader(String name, String value) {
        List<Map.Entry<String, String>> fields = fieldsWithout(name);
        fields.add(Map.entry(name, value));
        return new OutgoingRequest(method, url, Headers.of(fields), body, info);
    }

    /** Without the headers of this name. */
    public OutgoingRequest withoutHeader(String name) {
        return new OutgoingRequest(method, url, Headers.of(fieldsWithout(name)), body, info);
    }

    private List<Map.Entry<String, String>> fieldsWithout(String name) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(headers.entries());
        fields.removeIf(field -> field.getKey().equalsIgnoreCase(name));
        return fields;
    }

    /** With another body, and the content type and encoding of that. */
    public OutgoingRequest withBody(RequestBody body) {
        String encoding = body.contentEncoding();
        OutgoingRequest described = withoutHeader("Content-Encoding").withHeader("Content-Type", body.contentType());
        Headers headers = (encoding == null ? described : described.withHeader("Content-Encoding", encoding)).headers;
        return new OutgoingRequest(method, url, headers, body, info);
    }

    /** Without header values, which may be secrets. */
    @Override
    public String toString() {
        return "OutgoingRequest[" + method + " " + url + "]";
    }
}

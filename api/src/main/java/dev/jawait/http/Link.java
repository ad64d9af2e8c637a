package dev.jawait.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A link of a {@code Link} header (RFC 8288).
 *
 * @param target where it leads, resolved against the URL that answered
 * @param rels how it is related, in lower case, such as {@code next}; may be empty
 * @param params what else is said of it, names in lower case; of those given twice the first
 */
public record Link(URI target, List<String> rels, Map<String, String> params) {
    /** Copies both collections. */
    public Link {
        rels = List.copyOf(rels);
        params = Map.copyOf(params);
    }

    /** Whether it is related by {@code rel}, without regard to case. */
    public boolean is(String rel) {
        return rels.contains(rel.toLowerCase(Locale.ROOT));
    }
}

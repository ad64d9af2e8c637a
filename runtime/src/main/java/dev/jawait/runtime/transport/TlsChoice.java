package dev.jawait.runtime.transport;

import dev.jawait.runtime.net.TlsContext;
import java.util.Map;

/**
 * Which TLS settings count where a request brings none.
 *
 * @param byOrigin those of single origins and https proxies
 * @param others those of the rest
 */
public record TlsChoice(Map<Origin, TlsContext> byOrigin, TlsContext others) {
    /** The same for all. */
    public TlsChoice(TlsContext all) {
        this(Map.of(), all);
    }

    /** Copies the map. */
    public TlsChoice {
        byOrigin = Map.copyOf(byOrigin);
    }

    TlsContext of(Origin origin) {
        return byOrigin.getOrDefault(origin, others);
    }
}

package dev.jawait.spi;

import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.http.CookieJar;

/** The sessions behind {@link ClientSession}; its methods are documented there. */
public interface HttpRuntime {
    /** The one found on the class path or module path. */
    static HttpRuntime get() {
        return RuntimeProvider.get().http();
    }

    ClientSession.Builder sessionBuilder();

    Connector.Builder connectorBuilder();

    CookieJar cookieJar();

    RequestBodies bodies();

    /**
     * What maps JSON.
     *
     * @throws IllegalStateException if none is found
     */
    JsonCodec json();
}

package dev.jawait.spi;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientSession;
import dev.jawait.http.Connector;
import dev.jawait.http.CookieJar;
import dev.jawait.http.TlsSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The sessions behind {@link ClientSession}; its methods are documented there. */
public interface HttpRuntime {
    /** The one found on the class path or module path. */
    static HttpRuntime get() {
        return RuntimeProvider.get().http();
    }

    ClientSession.Builder sessionBuilder();

    Connector.Builder connectorBuilder();

    TlsSettings.Builder tlsSettingsBuilder();

    CookieJar.Builder cookieJarBuilder();

    Coroutine<@Nullable Void> saveCookies(CookieJar jar, Path file);

    Coroutine<@Nullable Void> loadCookies(CookieJar jar, Path file);

    RequestBodies bodies();

    /**
     * What maps JSON.
     *
     * @throws IllegalStateException if none is found
     */
    JsonCodec json();
}

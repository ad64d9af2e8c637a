package dev.jawait.runtime.net;

import dev.jawait.http.TlsSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS settings, ready for use. A client always checks that the certificate is the server's. */
public final class TlsContext implements TlsSettings {
    /** All that are spoken. */
    static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** The JDK's. */
    public static final TlsContext DEFAULT = of(null);

    private static volatile boolean defaultIsLoaded;

    private final @Nullable SSLContext jdk;
    private final @Nullable SslContext boringSsl;
    private final ServerCheck check;
    private final @Nullable String serverName;
    private final List<String> versions;
    private final boolean forOneServer;

    private TlsContext(
            @Nullable SSLContext jdk,
            @Nullable SslContext boringSsl,
            Set<String> pins,
            @Nullable String serverName,
            List<String> versions,
            boolean hasKey) {
        this.jdk = jdk;
        this.boringSsl = boringSsl;
        this.check = new ServerCheck(pins);
        this.serverName = serverName;
        this.versions = versions;
        this.forOneServer = hasKey || !pins.isEmpty() || serverName != null;
    }

    /**
     * With the trust and the certificates of {@code context}.
     *
     * @param context null: the JDK's default
     */
    public static TlsContext of(@Nullable SSLContext context) {
        return new TlsContext(context, null, Set.of(), null, VERSIONS, context != null);
    }

    /** {@link #of} with more to say. */
    static TlsContext ofJdk(
            @Nullable SSLContext context,
            Set<String> pins,
            @Nullable String serverName,
            List<String> versions,
            boolean hasKey) {
        return new TlsContext(context, null, pins, serverName, versions, hasKey);
    }

    /** With BoringSSL; versions and application protocols are the context's. */
    static TlsContext ofBoringSsl(SslContext context, Set<String> pins, @Nullable String serverName, boolean hasKey) {
        return new TlsContext(null, context, pins, serverName, VERSIONS, hasKey);
    }

    /** Whether there is something in it for one server alone: a client's certificate, a pin, the server's name. */
    public boolean isForOneServer() {
        return forOneServer;
    }

    /** What to see to once the handshake is over. */
    ServerCheck check() {
        return check;
    }

    /** What a server at {@code host} is asked for, and its certificate has to be for. */
    private String nameOf(String host) {
        String name = serverName != null ? serverName : host;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** A handler for a connection to {@code host}. */
    SslHandler toServer(String host, int port, Executor blocking, String... applicationProtocols) {
        String name = nameOf(host);
        SslHandler handler = boringSsl != null
                ? boringSsl.newHandler(ByteBufAllocator.DEFAULT, name, port, blocking)
                : jdkHandler(usedJdk().createSSLEngine(name, port), true, blocking, applicationProtocols);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!isAddress(name)) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    static boolean isAddress(String name) {
        return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    }

    /** A handler for a connection that was accepted. */
    SslHandler toClient(Executor blocking, String... applicationProtocols) {
        return jdkHandler(usedJdk().createSSLEngine(), false, blocking, applicationProtocols);
    }

    private SslHandler jdkHandler(SSLEngine engine, boolean client, Executor blocking, String... applicationProtocols) {
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions.toArray(String[]::new));
        parameters.setApplicationProtocols(applicationProtocols);
        engine.setSSLParameters(parameters);
        return new SslHandler(engine, false, blocking);
    }

    /** Whether a handler can be made without reading files. */
    boolean isLoaded() {
        return defaultIsLoaded || jdk != null || boringSsl != null;
    }

    /** Loads the JDK's default trust; blocks. */
    static void loadDefault() {
        ofTheJdk();
        defaultIsLoaded = true;
    }

    /** Whatever the default is now: it can be set. */
    private SSLContext usedJdk() {
        return jdk != null ? jdk : ofTheJdk();
    }

    private static SSLContext ofTheJdk() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The default SSLContext cannot be loaded: " + e.getMessage(), e);
        }
    }
}

package dev.jawait.runtime.net;

import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3 as the JDK has them; a client always checks that the certificate is the host's. */
public final class Tls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final @Nullable SSLContext context;
    private final Executor blocking;
    private final long handshakeMillis;
    private final String[] applicationProtocols;

    /**
     * @param context null: the JDK's default
     * @param blocking runs the checks of certificates, which may take long
     * @param handshakeMillis how long a handshake may take; 0: the caller sees to that
     * @param applicationProtocols what is offered by ALPN; none: it is not used
     */
    public Tls(@Nullable SSLContext context, Executor blocking, long handshakeMillis, String... applicationProtocols) {
        this.context = context;
        this.blocking = blocking;
        this.handshakeMillis = handshakeMillis;
        this.applicationProtocols = applicationProtocols.clone();
    }

    /** A handler for a connection to {@code host}. */
    public SslHandler toServer(String host, int port) {
        SSLEngine engine = usedContext().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return handler(engine, parameters);
    }

    /** A handler for a connection that was accepted. */
    public SslHandler toClient() {
        SSLEngine engine = usedContext().createSSLEngine();
        engine.setUseClientMode(false);
        return handler(engine, parameters(engine));
    }

    private SSLContext usedContext() {
        try {
            return context != null ? context : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The default SSLContext cannot be loaded: " + e.getMessage(), e);
        }
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setApplicationProtocols(applicationProtocols);
        return parameters;
    }

    private SslHandler handler(SSLEngine engine, SSLParameters parameters) {
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, false, blocking);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        return handler;
    }
}

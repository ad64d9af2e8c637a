package dev.jawait.runtime.transport;

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

/** TLS 1.2 and 1.3 as the JDK has them; that the certificate is the host's is always checked. */
public final class Tls {
    private final @Nullable SSLContext context;
    private final Executor blocking;
    private final String[] protocols;

    /**
     * @param context null: the JDK's default
     * @param blocking runs the checks of certificates, which may take long
     * @param protocols what is offered by ALPN; none: ALPN is not used
     */
    public Tls(@Nullable SSLContext context, Executor blocking, String... protocols) {
        this.context = context;
        this.blocking = blocking;
        this.protocols = protocols.clone();
    }

    /** A handler for the server's side of one connection. */
    public SslHandler newServerHandler() throws NoSuchAlgorithmException {
        SSLEngine engine = usedContext().createSSLEngine();
        engine.setUseClientMode(false);
        return new SslHandler(engine, false, blocking);
    }

    private SSLContext usedContext() throws NoSuchAlgorithmException {
        return context != null ? context : SSLContext.getDefault();
    }

    /** A handler for one connection to {@code origin}. Limits of time are the caller's. */
    public SslHandler newHandler(Origin origin) throws NoSuchAlgorithmException {
        SSLEngine engine = usedContext().createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), origin.host()));
        SslHandler handler = new SslHandler(engine, false, blocking);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private SSLParameters parameters(SSLParameters parameters, String host) {
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(protocols);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }
}

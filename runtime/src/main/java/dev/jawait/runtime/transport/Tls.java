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
final class Tls {
    private final @Nullable SSLContext context;
    private final Executor blocking;

    /** @param blocking runs the checks of certificates, which may take long */
    Tls(@Nullable SSLContext context, Executor blocking) {
        this.context = context;
        this.blocking = blocking;
    }

    /** A handler for one connection. Limits of time are the exchange's. */
    SslHandler newHandler(Origin origin) throws NoSuchAlgorithmException {
        SSLContext used = context != null ? context : SSLContext.getDefault();
        SSLEngine engine = used.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), origin.host()));
        SslHandler handler = new SslHandler(engine, false, blocking);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private static SSLParameters parameters(SSLParameters parameters, String host) {
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }
}

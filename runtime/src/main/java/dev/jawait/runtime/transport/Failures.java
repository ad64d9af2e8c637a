package dev.jawait.runtime.transport;

import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientConnectorCertificateException;
import dev.jawait.http.ClientConnectorDnsException;
import dev.jawait.http.ClientConnectorException;
import dev.jawait.http.ClientConnectorSslException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientHttpProxyException;
import dev.jawait.http.ClientOsException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientProxyConnectionException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.Headers;
import dev.jawait.http.InvalidUrlException;
import dev.jawait.http.Proxy;
import dev.jawait.http.RequestInfo;
import dev.jawait.http.ServerDisconnectedException;
import dev.jawait.http.ServerFingerprintMismatchException;
import dev.jawait.runtime.net.Connecting;
import dev.jawait.runtime.net.WrongFingerprintException;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Which exception stands for what went wrong. */
final class Failures {
    private static final int BAD_HEAD = 400;

    private Failures() {}

    static ClientException closed() {
        return new ClientConnectionException(
                "Connector is closed: close it, and its session, when its requests have ended", null);
    }

    /** No connection by {@code route} for {@code request}; {@code cause} is what the step failed with. */
    static ClientException connecting(Route route, RequestInfo request, Connecting.Step at, Throwable cause) {
        if (at == Connecting.Step.HANDSHAKE) {
            return handshake(route.origin().hostAndPort(), cause);
        }
        if (route.proxy() != null) {
            return proxy(request, route.proxy(), cause);
        }
        return at == Connecting.Step.LOOKUP
                ? cannotResolve(route.origin(), cause)
                : cannotConnect(route.origin(), cause);
    }

    private static ClientException cannotResolve(Origin origin, Throwable cause) {
        return cause instanceof IllegalArgumentException
                ? new InvalidUrlException(cause.getMessage(), cause)
                : new ClientConnectorDnsException("Cannot resolve " + origin.host() + ": " + cause.getMessage(), cause);
    }

    private static ClientException cannotConnect(Origin origin, Throwable cause) {
        return new ClientConnectorException(
                "Cannot connect to " + origin.hostAndPort() + ": " + cause.getMessage(), cause);
    }

    private static ClientException proxy(RequestInfo request, Proxy proxy, Throwable cause) {
        if (cause instanceof HttpTunnel.Refused refused) {
            String message = "from the proxy " + proxy + ", which opens no tunnel";
            return new ClientHttpProxyException(
                    message, refused.status, request.method(), request.url(), refused.headers);
        }
        if (cause instanceof SSLException || isAboutCertificate(cause)) {
            return handshake("the proxy " + proxy, cause);
        }
        return new ClientProxyConnectionException(
                "Cannot connect by the proxy " + proxy + ": " + cause.getMessage() + name(request), cause);
    }

    private static ClientException handshake(String with, Throwable cause) {
        String message = "TLS handshake with " + with + " failed: " + cause.getMessage();
        if (cause instanceof WrongFingerprintException) {
            return new ServerFingerprintMismatchException(message, cause);
        }
        return isAboutCertificate(cause)
                ? new ClientConnectorCertificateException(message, cause)
                : new ClientConnectorSslException(message, cause);
    }

    private static boolean isAboutCertificate(Throwable error) {
        Throwable cause = error;
        while (cause != null
                && !(cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    static ClientException badHead(RequestInfo request, @Nullable Throwable cause) {
        String message = "Malformed response: " + (cause == null ? "unexpected" : cause.getMessage());
        return new ClientResponseException(message, cause, BAD_HEAD, request.method(), request.url(), Headers.of());
    }

    static ClientException switched(RequestInfo request) {
        return new ClientResponseException(
                "Unexpected switch of protocols", null, 101, request.method(), request.url(), Headers.of());
    }

    static ClientException badBody(RequestInfo request, @Nullable Throwable cause) {
        return new ClientPayloadException(
                "Malformed response body: " + (cause == null ? "" : cause.getMessage()) + name(request), cause);
    }

    static ClientException bodyFailed(RequestInfo request, Throwable cause) {
        return new ClientConnectionException(
                "The body of the request cannot be sent: " + cause.getMessage() + name(request), cause);
    }

    /** The connection ended before the head was there. */
    static ClientException disconnected(RequestInfo request, boolean heard, @Nullable Throwable cause) {
        return heard && cause instanceof IOException
                ? new ClientOsException("Connection failed: " + cause.getMessage() + name(request), cause)
                : new ServerDisconnectedException(
                        "Server disconnected " + (heard ? "within the response's head" : "without a response")
                                + name(request),
                        cause);
    }

    /** The connection ended before the body did. */
    static ClientException cutShort(RequestInfo request, @Nullable Throwable cause) {
        return new ClientPayloadException("The response's body ended too early" + name(request), cause);
    }

    private static String name(RequestInfo request) {
        return " (" + request.method() + " " + request.url() + ")";
    }
}

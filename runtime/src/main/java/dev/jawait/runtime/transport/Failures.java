package dev.jawait.runtime.transport;

import dev.jawait.http.ClientConnectionException;
import dev.jawait.http.ClientConnectorCertificateException;
import dev.jawait.http.ClientConnectorDnsException;
import dev.jawait.http.ClientConnectorException;
import dev.jawait.http.ClientConnectorSslException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientOsException;
import dev.jawait.http.ClientPayloadException;
import dev.jawait.http.ClientResponseException;
import dev.jawait.http.Headers;
import dev.jawait.http.InvalidUrlException;
import dev.jawait.http.RequestInfo;
import dev.jawait.http.ServerDisconnectedException;
import java.io.IOException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Which exception stands for what went wrong. */
final class Failures {
    private static final int BAD_HEAD = 400;

    private Failures() {}

    static ClientException closed() {
        return new ClientConnectionException("Connector is closed", null);
    }

    static ClientException cannotResolve(Origin origin, Throwable cause) {
        return cause instanceof IllegalArgumentException
                ? new InvalidUrlException(cause.getMessage(), cause)
                : new ClientConnectorDnsException("Cannot resolve " + origin.host() + ": " + cause.getMessage(), cause);
    }

    static ClientException cannotConnect(Origin origin, Throwable cause) {
        return new ClientConnectorException(
                "Cannot connect to " + origin.host() + ":" + origin.port() + ": " + cause.getMessage(), cause);
    }

    static ClientException handshake(Origin origin, Throwable cause) {
        String message = "TLS handshake with " + origin.host() + ":" + origin.port() + " failed: " + cause.getMessage();
        return isAboutCertificate(cause)
                ? new ClientConnectorCertificateException(message, cause)
                : new ClientConnectorSslException(message, cause);
    }

    private static boolean isAboutCertificate(Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof CertificateException)) {
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

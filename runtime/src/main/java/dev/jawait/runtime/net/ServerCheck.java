package dev.jawait.runtime.net;

import io.netty.handler.ssl.SslHandler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What TLS providers do not look at in a server's certificate, or not strictly enough: that it names hosts where names
 * belong, and that it is the one that was pinned. Trust, and that the name is the right one, they have verified before.
 */
record ServerCheck(Set<String> pins) {
    private static final int DNS_NAME = 2;

    /** Without pins. */
    static final ServerCheck NAMES = new ServerCheck(Set.of());

    /** What is to be said against whom {@code handler} has shaken hands with; null: nothing, or that is a client. */
    @Nullable
    Throwable objection(SslHandler handler) {
        SSLEngine engine = handler.engine();
        try {
            if (engine.getUseClientMode()) {
                check(engine.getSession(), engine.getPeerHost());
            }
            return null;
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return e;
        }
    }

    private void check(SSLSession session, String name) throws SSLPeerUnverifiedException, CertificateException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        if (!TlsContext.isAddress(name) && !namesHosts(certificate)) {
            throw new CertificateException(
                    "the certificate names no host in its subjectAltName, and its common name does"
                            + " not count (RFC 9525)");
        }
        if (!pins.isEmpty()) {
            checkPin(certificate);
        }
    }

    private static boolean namesHosts(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(name -> name.get(0).equals(DNS_NAME));
    }

    private void checkPin(X509Certificate certificate) throws CertificateException {
        String fingerprint = sha256(certificate.getEncoded());
        if (!pins.contains(fingerprint)) {
            throw new WrongFingerprintException(
                    "the certificate's SHA-256 is " + fingerprint + ", not " + String.join(" or ", pins));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}

package dev.jawait.runtime.net;

import java.security.cert.CertificateException;

/** A server's certificate is none of those that were pinned. */
public final class WrongFingerprintException extends CertificateException {
    private static final long serialVersionUID = 1L;

    WrongFingerprintException(String message) {
        super(message);
    }
}

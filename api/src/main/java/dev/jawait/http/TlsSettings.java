package dev.jawait.http;

import dev.jawait.spi.HttpRuntime;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;

/**
 * How TLS is spoken: who is trusted, who the client is, in which versions. Immutable, and made to be shared: connections
 * are kept for requests with the same object, and so are the sessions that the next handshake resumes.
 *
 * <p>That the certificate is the server's is always verified, by the names in its {@code subjectAltName}: its common name
 * does not count (RFC 9525, section 2). There is no option that switches this off.
 */
public interface TlsSettings {
    /** A builder with the defaults: the JDK's trust and TLS, 1.2 and 1.3, no certificate of the client's. */
    static Builder builder() {
        return HttpRuntime.get().tlsSettingsBuilder();
    }

    /** What does TLS. */
    enum Provider {
        /** The JDK. */
        JDK,
        /** BoringSSL, which takes less CPU; {@code io.netty:netty-tcnative-boringssl-static} has to be there. */
        BORINGSSL
    }

    /** A version of TLS; there are no older ones. */
    enum Version {
        /** RFC 5246. */
        TLS_1_2,
        /** RFC 8446. */
        TLS_1_3
    }

    /** Builds {@link TlsSettings}. */
    interface Builder {
        /** Takes trust, certificates and provider from {@code context}, instead of all that can be said of them here. */
        Builder sslContext(SSLContext context);

        /**
         * Trusts the certificates in a PEM file, authorities or single servers, instead of the JDK's. Calling this and its
         * siblings again adds. Reads the file at once, and blocks meanwhile.
         *
         * @throws IllegalArgumentException if there is no such file, or no certificate in it
         */
        Builder trust(Path pem);

        /**
         * The same for the trusted certificates of {@code keyStore}; those that belong to a key of its own are not.
         *
         * @throws IllegalArgumentException if it has none
         */
        Builder trust(KeyStore keyStore);

        /** The same for {@code certificates}. */
        Builder trust(Collection<X509Certificate> certificates);

        /**
         * The certificate that the client shows when it is asked for one, and its key, RSA or EC, as PEM files: the
         * certificate first, then those that lead to an authority; the key in PKCS #8 ({@code BEGIN PRIVATE KEY}).
         * Reads the files at once, and blocks meanwhile.
         *
         * @throws IllegalArgumentException if one is missing or has something else in it
         */
        Builder clientCertificate(Path certificates, Path key);

        /**
         * The same from the only key in {@code keyStore}.
         *
         * @throws IllegalArgumentException if it has no key or several, or the password is wrong
         */
        Builder clientCertificate(KeyStore keyStore, char[] password);

        /**
         * Wants the server's own certificate to be this one: the SHA-256 of its DER form, 64 hexadecimal digits, colons
         * allowed. Any other is a {@link ServerFingerprintMismatchException}, before anything is sent. Of several pins one
         * has to match. Unlike aiohttp's {@code Fingerprint} it comes on top: trust and name are verified as well.
         *
         * @throws IllegalArgumentException if it is no SHA-256
         */
        Builder pin(String sha256);

        /**
         * The server's name, instead of that in the URL: what it is asked for (SNI, RFC 6066) and what its certificate has
         * to be for.
         *
         * @throws IllegalArgumentException if it is no name of a host
         */
        Builder serverName(String name);

        /** What does TLS; {@link Provider#JDK} if not said. */
        Builder provider(Provider provider);

        /**
         * The versions that are spoken; both if not said.
         *
         * @throws IllegalArgumentException if there are none
         */
        Builder versions(Version... versions);

        /**
         * Makes the settings.
         *
         * @throws IllegalArgumentException if what was said does not go together
         * @throws IllegalStateException if BoringSSL was asked for and is not there
         */
        TlsSettings build();
    }
}

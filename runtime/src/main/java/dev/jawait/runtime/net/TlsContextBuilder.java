package dev.jawait.runtime.net;

import dev.jawait.http.TlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.net.IDN;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes {@link TlsContext}s, for HTTP/1.1. */
public final class TlsContextBuilder implements TlsSettings.Builder {
    private final SslContextBuilder builder = SslContextBuilder.forClient();
    private final Set<X509Certificate> trusted = new LinkedHashSet<>();
    private final Set<String> pins = new TreeSet<>();
    private @Nullable SSLContext own;
    private @Nullable String serverName;
    private TlsSettings.Provider provider = TlsSettings.Provider.JDK;
    private List<String> versions = TlsContext.VERSIONS;
    private boolean hasKey;

    @Override
    public TlsSettings.Builder sslContext(SSLContext context) {
        own = context;
        return this;
    }

    @Override
    public TlsSettings.Builder trust(Path pem) {
        trusted.addAll(Keys.certificates(pem));
        return this;
    }

    @Override
    public TlsSettings.Builder trust(KeyStore keyStore) {
        trusted.addAll(Keys.trusted(keyStore));
        return this;
    }

    @Override
    public TlsSettings.Builder trust(Collection<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("No certificates to trust");
        }
        trusted.addAll(certificates);
        return this;
    }

    @Override
    public TlsSettings.Builder clientCertificate(Path certificates, Path key) {
        byte[] chain = Keys.pem(certificates);
        Keys.read(key, stream -> builder.keyManager(new ByteArrayInputStream(chain), stream));
        hasKey = true;
        return this;
    }

    @Override
    public TlsSettings.Builder clientCertificate(KeyStore keyStore, char[] password) {
        KeyStore.PrivateKeyEntry entry = Keys.onlyKey(keyStore, password);
        X509Certificate[] chain =
                Arrays.copyOf(entry.getCertificateChain(), entry.getCertificateChain().length, X509Certificate[].class);
        builder.keyManager(entry.getPrivateKey(), chain);
        hasKey = true;
        return this;
    }

    @Override
    public TlsSettings.Builder pin(String sha256) {
        String digits = sha256.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256 of 64 hexadecimal digits: " + sha256);
        }
        pins.add(digits);
        return this;
    }

    @Override
    public TlsSettings.Builder serverName(String name) {
        serverName = TlsContext.isAddress(name) ? name : ascii(name);
        return this;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(new SNIHostName(name).getAsciiName()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not the name of a host: " + name, e);
        }
    }

    @Override
    public TlsSettings.Builder provider(TlsSettings.Provider provider) {
        this.provider = provider;
        return this;
    }

    @Override
    public TlsSettings.Builder versions(TlsSettings.Version... versions) {
        if (versions.length == 0) {
            throw new IllegalArgumentException("No version of TLS to speak");
        }
        this.versions = Arrays.stream(versions)
                .distinct()
                .map(version -> version == TlsSettings.Version.TLS_1_2 ? "TLSv1.2" : "TLSv1.3")
                .toList();
        return this;
    }

    @Override
    public TlsSettings build() {
        if (own != null) {
            checkAlone();
            // It cannot be told whether it has a key.
            return TlsContext.ofJdk(own, Set.copyOf(pins), serverName, versions, true);
        }
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        return provider == TlsSettings.Provider.JDK ? jdk() : boringSsl();
    }

    private void checkAlone() {
        if (!trusted.isEmpty() || hasKey || provider != TlsSettings.Provider.JDK) {
            throw new IllegalArgumentException("An SSLContext brings trust, certificates and provider with it: either"
                    + " sslContext(…) or trust(…), clientCertificate(…) and provider(…)");
        }
    }

    private TlsContext jdk() {
        boolean asItComes = trusted.isEmpty() && !hasKey;
        SSLContext context = asItComes ? null : ((JdkSslContext) made(SslProvider.JDK)).context();
        return TlsContext.ofJdk(context, Set.copyOf(pins), serverName, versions, hasKey);
    }

    private TlsContext boringSsl() {
        if (!OpenSsl.isAvailable()) {
            throw new IllegalStateException(
                    "BoringSSL is not there: add io.netty:netty-tcnative-boringssl-static, with the classifier of your"
                            + " platform, to the class path",
                    OpenSsl.unavailabilityCause());
        }
        builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                "http/1.1"));
        return TlsContext.ofBoringSsl(made(SslProvider.OPENSSL), Set.copyOf(pins), serverName, hasKey);
    }

    private SslContext made(SslProvider provider) {
        try {
            return builder.sslProvider(provider).protocols(versions).build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("Not usable for TLS: " + e.getMessage(), e);
        }
    }
}

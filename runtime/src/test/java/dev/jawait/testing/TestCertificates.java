package dev.jawait.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate for one host, from an authority of its own. */
public final class TestCertificates {
    private final X509Bundle authority;
    private final X509Bundle server;

    private TestCertificates(X509Bundle authority, X509Bundle server) {
        this.authority = authority;
        this.server = server;
    }

    /** Makes them anew. */
    public static TestCertificates forHost(String host) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .buildIssuedBy(authority);
        return new TestCertificates(authority, server);
    }

    /** For a server that is this host. */
    public SSLContext serverContext() throws Exception {
        return context(server.toKeyManagerFactory().getKeyManagers(), new TrustManager[0]);
    }

    /** For a client that trusts the authority. */
    public SSLContext clientContext() throws Exception {
        return context(new KeyManager[0], authority.toTrustManagerFactory().getTrustManagers());
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, new SecureRandom());
        return context;
    }
}

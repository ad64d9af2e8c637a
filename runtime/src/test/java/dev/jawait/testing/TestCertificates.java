package dev.jawait.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
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
        return of(new CertificateBuilder().subject("CN=" + host).addSanDnsName(host));
    }

    /** The same with an RSA key, which all programs can read. */
    public static TestCertificates rsaForHost(String host) throws Exception {
        return of(new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .rsa2048());
    }

    /** A server that names its host where names of hosts do not belong any more. */
    public static TestCertificates withoutSan(String host) throws Exception {
        return of(new CertificateBuilder().subject("CN=" + host));
    }

    private static TestCertificates of(CertificateBuilder host) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TestCertificates(authority, host.buildIssuedBy(authority));
    }

    /** The authority's certificate. */
    public X509Certificate authority() {
        return authority.getCertificate();
    }

    /** The server's certificate and key. */
    public X509Bundle server() {
        return server;
    }

    /** A certificate of the same authority for a client. */
    public X509Bundle client(CertificateBuilder.Algorithm algorithm) throws Exception {
        return new CertificateBuilder()
                .subject("CN=Client " + algorithm)
                .algorithm(algorithm)
                .buildIssuedBy(authority);
    }

    /** For a server that is this host, and trusts the authority with clients. */
    public SSLContext serverContext() throws Exception {
        return context(
                server.toKeyManagerFactory().getKeyManagers(),
                authority.toTrustManagerFactory().getTrustManagers());
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

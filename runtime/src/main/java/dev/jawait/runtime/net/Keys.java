package dev.jawait.runtime.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Certificates and keys out of files and key stores; an {@link IllegalArgumentException} tells what is wrong with one. */
final class Keys {
    /** Reads something. */
    interface Reading {
        void read(InputStream stream) throws IOException, GeneralSecurityException;
    }

    private Keys() {}

    /** Opens {@code file} for {@code reading}. */
    static void read(Path file, Reading reading) {
        try (InputStream stream = Files.newInputStream(file)) {
            reading.read(stream);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("What is in " + file + " is not what is wanted: " + e.getMessage(), e);
        }
    }

    /** Those in a PEM file. */
    static Collection<X509Certificate> certificates(Path pem) {
        List<X509Certificate> found = new ArrayList<>();
        read(pem, stream -> {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(stream)
                    .forEach(certificate -> found.add((X509Certificate) certificate));
            if (found.isEmpty()) {
                throw new CertificateException("there is no certificate in it");
            }
        });
        return found;
    }

    /** What is in a PEM file of certificates. */
    static byte[] pem(Path file) {
        certificates(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read(file, stream -> stream.transferTo(bytes));
        return bytes.toByteArray();
    }

    /** The entries of {@code keyStore} that are trusted certificates. */
    static Collection<X509Certificate> trusted(KeyStore keyStore) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.isCertificateEntry(alias)
                        && keyStore.getCertificate(alias) instanceof X509Certificate certificate) {
                    found.add(certificate);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key store cannot be read: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no trusted certificate in the key store");
        }
        return found;
    }

    /** The only key of {@code keyStore}, with its certificates. */
    static KeyStore.PrivateKeyEntry onlyKey(KeyStore keyStore, char[] password) {
        try {
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new IllegalArgumentException("There is not one key in the key store but " + keys.size());
            }
            KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection(password);
            return (KeyStore.PrivateKeyEntry) keyStore.getEntry(keys.get(0), protection);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key in the key store cannot be read: " + e.getMessage(), e);
        }
    }
}

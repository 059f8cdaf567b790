package io.stockledger.api.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * What the service proves itself with, and by whom it knows its clients.
 *
 * @param chain the service's own certificate first
 * @param clientAuthorities empty: clients show no certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final byte[] SIGNED = {1};

    boolean isKeyOfCertificate() {
        PublicKey shown = chain.get(0).getPublicKey();
        if (!shown.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    X509Certificate[] chainAsArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    X509Certificate[] clientAuthoritiesAsArray() {
        return clientAuthorities.toArray(X509Certificate[]::new);
    }

    SslBundle bundle() {
        PemSslStore authorities = clientAuthorities.isEmpty() ? null : PemSslStore.of(clientAuthorities, null);
        return SslBundle.of(
                new PemSslStoreBundle(PemSslStore.of(chain, key), authorities),
                SslBundleKey.NONE,
                SslOptions.of(null, PROTOCOLS));
    }
}

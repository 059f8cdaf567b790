package io.stockledger.api.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Where certificates and the private key are.
 *
 * @param clientAuthorities absent: clients show no certificate
 */
public record PemFiles(
        Path certificate, Path privateKey, @Nullable Path clientAuthorities) {

    private static final String PREFIX = "stockledger.tls.";
    private static final String CERTIFICATES = "expected: PEM with certificates";
    private static final String KEY = "expected: PEM with an RSA or EC private key without a password";
    private static final Set<String> KEYS = Set.of("RSA", "EC");

    /** @throws InvalidConfigurationPropertyValueException for a file that can't be read or holds something else */
    Identity read() {
        List<X509Certificate> chain = certificates("certificate", certificate);
        PrivateKey key = parsed("private-key", privateKey, KEY, PemContent::getPrivateKey);
        if (!KEYS.contains(key.getAlgorithm())) {
            throw wrong("private-key", privateKey, KEY);
        }
        Identity identity = new Identity(
                chain,
                key,
                clientAuthorities == null ? List.of() : certificates("client-authorities", clientAuthorities));
        if (!identity.isKeyOfCertificate()) {
            throw wrong("private-key", privateKey, "expected: the key of the first certificate in " + certificate);
        }
        return identity;
    }

    private static List<X509Certificate> certificates(String setting, Path file) {
        return parsed(setting, file, CERTIFICATES, PemContent::getCertificates);
    }

    private static <T> T parsed(String setting, Path file, String expected, Function<PemContent, @Nullable T> part) {
        try {
            T parsed = part.apply(PemContent.of(Files.readString(file, StandardCharsets.ISO_8859_1)));
            if (parsed != null) {
                return parsed;
            }
        } catch (IOException e) {
            throw wrong(setting, file, "can't be read; " + expected);
        } catch (RuntimeException e) {
            throw new InvalidConfigurationPropertyValueException(PREFIX + setting, file, expected, e);
        }
        throw wrong(setting, file, expected);
    }

    private static InvalidConfigurationPropertyValueException wrong(String setting, Path file, String expected) {
        return new InvalidConfigurationPropertyValueException(PREFIX + setting, file, expected);
    }
}

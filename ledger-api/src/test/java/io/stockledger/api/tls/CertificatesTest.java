package io.stockledger.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stockledger.api.tls.TestAuthority.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** Wrong files stop the start; later they leave the last good ones in use. */
class CertificatesTest {

    private static Path folder;
    private static TestAuthority authority;
    private static Shown shown;
    private static Shown other;

    @BeforeAll
    static void issue(@TempDir Path shared) throws Exception {
        folder = shared;
        authority = new TestAuthority(folder, "authority");
        shown = authority.issue();
        other = authority.issue();
    }

    @Test
    void a_wrong_file_is_told_with_its_setting_and_what_was_expected() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "nothing of the kind");

        refused(missing, shown.privateKey(), null, "stockledger.tls.certificate", missing, "can't be read");
        refused(garbage, shown.privateKey(), null, "stockledger.tls.certificate", garbage, "PEM with certificates");
        refused(shown.certificate(), missing, null, "stockledger.tls.private-key", missing, "can't be read");
        refused(shown.certificate(), garbage, null, "stockledger.tls.private-key", garbage, "PEM with an RSA or EC");
        refused(
                shown.certificate(),
                other.privateKey(),
                null,
                "stockledger.tls.private-key",
                other.privateKey(),
                "the key of the first certificate in " + shown.certificate());
        refused(
                shown.certificate(),
                shown.privateKey(),
                garbage,
                "stockledger.tls.client-authorities",
                garbage,
                "PEM with certificates");
    }

    @Test
    void what_changes_is_taken_whole_and_what_is_wrong_leaves_the_old_in_use() throws Exception {
        Path certificate = copy(shown.certificate(), folder.resolve("live.pem"));
        Path key = copy(shown.privateKey(), folder.resolve("live.key"));
        Certificates certificates = new Certificates(new PemFiles(certificate, key, null));
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        certificates.registerBundles(bundles);
        AtomicInteger updates = new AtomicInteger();
        bundles.addBundleUpdateHandler("stockledger", bundle -> updates.incrementAndGet());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        certificates.bindTo(meters);

        certificates.look();
        assertThat(updates).hasValue(0);

        // Half of a change: the key comes a moment later.
        copy(other.certificate(), certificate);
        certificates.look();
        assertThat(updates).hasValue(0);
        assertThat(meters.get("stockledger.tls.stale").gauge().value()).isEqualTo(1);

        copy(other.privateKey(), key);
        certificates.look();
        assertThat(updates).hasValue(1);
        assertThat(meters.get("stockledger.tls.stale").gauge().value()).isZero();
        assertThat(bundles.getBundle("stockledger").getStores().getKeyStore())
                .satisfies(
                        keys -> assertThat(keys.getCertificate("ssl")).isEqualTo(authority.certificate(other.alias())));

        Files.delete(key);
        certificates.look();
        assertThat(updates).hasValue(1);
        assertThat(meters.get("stockledger.tls.stale").gauge().value()).isEqualTo(1);
    }

    private static void refused(
            Path certificate, Path key, @Nullable Path clients, String setting, Path value, String expected) {
        assertThatThrownBy(() -> new Certificates(new PemFiles(certificate, key, clients)))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, wrong -> {
                    assertThat(wrong.getName()).isEqualTo(setting);
                    assertThat(wrong.getValue()).isEqualTo(value);
                    assertThat(wrong.getReason()).contains(expected);
                });
    }

    private static Path copy(Path from, Path to) throws Exception {
        return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}

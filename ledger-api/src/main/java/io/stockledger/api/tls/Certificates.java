package io.stockledger.api.tls;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.web.server.Ssl;

/**
 * The certificates that both wires show and ask for. What changes on the disk is shown to new connections; open ones go on.
 * What is wrong on the disk leaves the last good ones in use.
 */
public final class Certificates implements SslBundleRegistrar, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final String BUNDLE = "stockledger";

    private final PemFiles files;
    private final AdvancedTlsX509KeyManager key = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager clients;
    private Identity shown;
    private @Nullable SslBundleRegistry bundles;
    private volatile @Nullable String trouble;

    /** @throws InvalidConfigurationPropertyValueException for files that are missing, broken, or do not belong together */
    public Certificates(PemFiles files) {
        this.files = files;
        this.shown = files.read();
        try {
            this.clients = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
            show(shown);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS can't begin with " + files, e);
        }
    }

    /** For REST; a client has to show a certificate where authorities of clients are set. */
    public Ssl forRest() {
        Ssl ssl = Ssl.forBundle(BUNDLE);
        ssl.setClientAuth(files.clientAuthorities() == null ? Ssl.ClientAuth.NONE : Ssl.ClientAuth.NEED);
        return ssl;
    }

    /** For gRPC, in the same way. */
    public ServerCredentials forGrpc() {
        TlsServerCredentials.Builder tls = TlsServerCredentials.newBuilder().keyManager(key);
        return files.clientAuthorities() == null
                ? tls.build()
                : tls.trustManager(clients)
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                        .build();
    }

    @Override
    public synchronized void registerBundles(SslBundleRegistry registry) {
        registry.registerBundle(BUNDLE, shown.bundle());
        bundles = registry;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("stockledger.tls.stale", () -> trouble == null ? 0 : 1)
                .description("1 while the TLS files on the disk are wrong, and the last good ones are in use")
                .register(meters);
    }

    /** Takes what is new on the disk. To be called now and then. */
    public synchronized void look() {
        try {
            Identity read = files.read();
            if (!read.equals(shown)) {
                show(read);
                shown = read;
                if (bundles != null) {
                    bundles.updateBundle(BUNDLE, read.bundle());
                }
                LOG.info(
                        "TLS certificate changed; it is good until {}",
                        read.chain().get(0).getNotAfter().toInstant());
            }
            trouble = null;
        } catch (InvalidConfigurationPropertyValueException e) {
            keepOld(e.getName() + ": " + e.getValue() + " (" + e.getReason() + ")", e);
        } catch (RuntimeException | GeneralSecurityException | IOException e) {
            keepOld(String.valueOf(e.getMessage()), e);
        }
    }

    /** Said once, not each time that somebody looks. */
    private void keepOld(String wrong, Exception cause) {
        if (!wrong.equals(trouble)) {
            LOG.warn("TLS files are wrong, and the last good ones stay in use: {}", wrong);
            LOG.debug("TLS files are wrong", cause);
        }
        trouble = wrong;
    }

    private void show(Identity identity) throws GeneralSecurityException, IOException {
        key.updateIdentityCredentials(identity.chainAsArray(), identity.key());
        if (!identity.clientAuthorities().isEmpty()) {
            clients.updateTrustCredentials(identity.clientAuthoritiesAsArray());
        }
    }
}

package io.stockledger.device.uplink;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes the connection to the ledger that the settings ask for. */
public final class LedgerChannel {

    private static final int KEEP_ALIVE_SECONDS = 60;

    private LedgerChannel() {}

    /** @throws IOException if a certificate or a private key cannot be read */
    public static ManagedChannel open(LedgerSettings settings) throws IOException {
        if (!settings.tls()) {
            return open(settings, InsecureChannelCredentials.create());
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        if (settings.authority().isPresent()) {
            tls.trustManager(settings.authority().get().toFile());
        }
        if (settings.certificate().isPresent()) {
            LedgerSettings.ClientCertificate shown = settings.certificate().get();
            tls.keyManager(shown.chain().toFile(), shown.privateKey().toFile());
        }
        return open(settings, tls.build());
    }

    /** Answers come on the network's own thread, which spares a change of threads; whoever takes them must not block it. */
    private static ManagedChannel open(LedgerSettings settings, ChannelCredentials credentials) {
        return Grpc.newChannelBuilder(settings.address(), credentials)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .directExecutor()
                .build();
    }
}

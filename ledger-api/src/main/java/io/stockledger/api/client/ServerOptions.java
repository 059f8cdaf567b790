package io.stockledger.api.client;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the ledger is and how to get in, as options of a command line. */
public final class ServerOptions {

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9090",
            description = "The ledger's gRPC port. Default: ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1:9090";

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:STOCKLEDGER_API_KEY}",
            description = "An API key. Default: the environment variable STOCKLEDGER_API_KEY, which other users of the "
                    + "machine can't see.")
    private @Nullable String apiKey;

    @Option(names = "--tls", description = "The port speaks TLS.")
    private boolean tls;

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description =
                    "PEM file of the authority that the ledger's certificate is trusted by. Default: the platform's.")
    private @Nullable Path authority;

    @ArgGroup(exclusive = false)
    private @Nullable Shown shown;

    /** For a ledger that asks for a certificate. */
    private static final class Shown {
        @Option(
                names = "--certificate",
                paramLabel = "FILE",
                required = true,
                description = "PEM file of a certificate to show to a ledger that asks for one.")
        private Path certificate = Path.of("");

        @Option(names = "--private-key", paramLabel = "FILE", required = true, description = "PEM file of its key.")
        private Path privateKey = Path.of("");
    }

    /** @throws IOException if a certificate or a key can't be read */
    public Connection connect() throws IOException {
        return Connection.to(address, apiKey, credentials());
    }

    private ChannelCredentials credentials() throws IOException {
        if (!tls) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        if (authority != null) {
            credentials.trustManager(authority.toFile());
        }
        if (shown != null) {
            credentials.keyManager(shown.certificate.toFile(), shown.privateKey.toFile());
        }
        return credentials.build();
    }

    public @Nullable String apiKey() {
        return apiKey;
    }
}

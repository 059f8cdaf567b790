package io.stockledger.api.client;

import org.jspecify.annotations.Nullable;
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

    public Connection connect() {
        return Connection.to(address, apiKey, tls);
    }

    public @Nullable String apiKey() {
        return apiKey;
    }
}

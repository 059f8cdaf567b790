package io.stockledger.device.uplink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the ledger.
 *
 * @param address host and port of its gRPC server
 * @param tls whether the connection is encrypted; without it only this machine is spoken to
 * @param authority certificate authority to trust instead of the machine's
 * @param certificate shown to a ledger that asks for one
 * @param keyFile holds the API key in its first line
 * @param deadline for one call
 * @param longestPause between two tries
 */
public record LedgerSettings(
        String address,
        boolean tls,
        Optional<Path> authority,
        Optional<ClientCertificate> certificate,
        Path keyFile,
        Duration deadline,
        Duration longestPause) {

    /**
     * What this machine proves itself with, in PEM files.
     *
     * @param chain its own certificate first
     */
    public record ClientCertificate(Path chain, Path privateKey) {}
}

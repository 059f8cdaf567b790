package io.stockledger.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored beside every fact: who, when and from which command.
 *
 * @param document the document's stream, for example {@code order:4711}
 * @param fingerprint the digest of the command's content
 * @param tryId the try of the document that told it; null: the document's own id
 */
public record FactMeta(
        String command,
        String document,
        String fingerprint,
        String principal,
        @Nullable String device,
        Instant businessTime,
        @Nullable String tryId) {

    /** The same of what took place at another time. */
    public FactMeta at(Instant happened) {
        return new FactMeta(command, document, fingerprint, principal, device, happened, tryId);
    }
}

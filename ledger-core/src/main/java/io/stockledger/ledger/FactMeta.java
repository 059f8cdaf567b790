package io.stockledger.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored beside every fact: who, when and from which command. What the sender keeps with a document, and what it
 * calls the request, stands beside the document's own fact alone, which all others name.
 *
 * @param document the document's stream, for example {@code order:4711}
 * @param fingerprint the digest of the command's content
 * @param tryId the try of the document that told it; null: the document's own id
 * @param metadata by keys of the sender's own; null: none, or not the document's own fact
 * @param requestId null: the sender gave none, or not the document's own fact
 */
public record FactMeta(
        String command,
        String document,
        String fingerprint,
        String principal,
        @Nullable String device,
        Instant businessTime,
        @Nullable String tryId,
        @Nullable Map<String, String> metadata,
        @Nullable String requestId) {

    /** Without metadata and request id. */
    public FactMeta(
            String command,
            String document,
            String fingerprint,
            String principal,
            @Nullable String device,
            Instant businessTime,
            @Nullable String tryId) {
        this(command, document, fingerprint, principal, device, businessTime, tryId, null, null);
    }

    /** The same of what took place at another time. */
    public FactMeta at(Instant happened) {
        return new FactMeta(command, document, fingerprint, principal, device, happened, tryId, metadata, requestId);
    }

    /** As it stands beside what the document effects; the very same where it has nothing of its own. */
    public FactMeta ofEffects() {
        return metadata == null && requestId == null
                ? this
                : new FactMeta(command, document, fingerprint, principal, device, businessTime, tryId);
    }
}

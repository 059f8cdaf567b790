package io.stockledger.eventstore;

import io.stockledger.ledger.FactMeta;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** A fact's meta as the metadata of Axon's messages: as JSON the same as the meta itself. */
final class StoredMeta {

    private static final String COMMAND = "command";
    private static final String DOCUMENT = "document";
    private static final String FINGERPRINT = "fingerprint";
    private static final String PRINCIPAL = "principal";
    private static final String DEVICE = "device";
    private static final String BUSINESS_TIME = "businessTime";
    private static final String TRY_ID = "tryId";
    private static final String METADATA = "metadata";
    private static final String REQUEST_ID = "requestId";

    private StoredMeta() {}

    static MetaData write(FactMeta meta) {
        Map<String, Object> values = new HashMap<>();
        values.put(COMMAND, meta.command());
        values.put(DOCUMENT, meta.document());
        values.put(FINGERPRINT, meta.fingerprint());
        values.put(PRINCIPAL, meta.principal());
        values.put(BUSINESS_TIME, meta.businessTime().toString());
        if (meta.device() != null) {
            values.put(DEVICE, meta.device());
        }
        if (meta.tryId() != null) {
            values.put(TRY_ID, meta.tryId());
        }
        if (meta.metadata() != null) {
            values.put(METADATA, new HashMap<>(meta.metadata()));
        }
        if (meta.requestId() != null) {
            values.put(REQUEST_ID, meta.requestId());
        }
        return MetaData.from(values);
    }

    /** @throws UnreadableFact when something is missing */
    static FactMeta read(MetaData values) {
        return new FactMeta(
                required(values, COMMAND),
                required(values, DOCUMENT),
                required(values, FINGERPRINT),
                required(values, PRINCIPAL),
                (String) values.get(DEVICE),
                Instant.parse(required(values, BUSINESS_TIME)),
                (String) values.get(TRY_ID),
                metadata(values.get(METADATA)),
                (String) values.get(REQUEST_ID));
    }

    private static @Nullable Map<String, String> metadata(@Nullable Object stored) {
        if (stored == null) {
            return null;
        }
        if (!(stored instanceof Map<?, ?> entries)) {
            throw new UnreadableFact("a fact's " + METADATA + ": " + stored + " (expected: texts by their keys)");
        }
        Map<String, String> metadata = new TreeMap<>();
        entries.forEach((key, value) -> metadata.put(String.valueOf(key), String.valueOf(value)));
        return Collections.unmodifiableMap(metadata);
    }

    private static String required(MetaData values, String name) {
        if (values.get(name) instanceof String value) {
            return value;
        }
        throw new UnreadableFact("a fact's " + name + ": " + values.get(name) + " (expected: text)");
    }
}

package io.stockledger.projections.history;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact as people read it.
 *
 * @param stream where it is kept, for example {@code stock:0001@berlin-1}
 * @param sequence its place there, from 0
 * @param name the stored name, for example {@code stock-moved}
 * @param recordedAt when it was written
 * @param businessTime when it happened
 * @param document the stream of the document whose command told it
 * @param tryId the try of the document that told it; null: the document's own id
 * @param metadata what the sender keeps with the document; empty beside what others than the document's own fact tell
 * @param requestId what the sender called the request; null as metadata is empty, and where it gave none
 * @param sku the item that it is about; null when it is not about one
 * @param payload the fact as stored, as JSON
 */
public record HistoryFact(
        long position,
        String stream,
        long sequence,
        String name,
        int revision,
        Instant recordedAt,
        Instant businessTime,
        String command,
        String document,
        @Nullable String tryId,
        String principal,
        @Nullable String device,
        Map<String, String> metadata,
        @Nullable String requestId,
        @Nullable String sku,
        String payload) {}

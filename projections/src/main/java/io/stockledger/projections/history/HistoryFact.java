package io.stockledger.projections.history;

import java.time.Instant;
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
 * @param sku the item that it is about; null when it is not about one
 * @param location the same for locations
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
        String principal,
        @Nullable String device,
        @Nullable String sku,
        @Nullable String location,
        String payload) {}

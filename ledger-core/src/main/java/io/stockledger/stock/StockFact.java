package io.stockledger.stock;

import io.stockledger.document.Coded;
import io.stockledger.document.Fact;
import io.stockledger.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to one item at one location. Its stream is {@code stock:{sku}@{location}}. */
public sealed interface StockFact extends Fact {

    String sku();

    String location();

    @Override
    default Set<String> locations() {
        return Set.of(location());
    }

    /** Why units moved. */
    enum Cause implements Coded {
        RECEIVED,
        SOLD,
        RETURNED,
        ADJUSTED,
        COUNTED,
        TRANSFERRED,
        RECLASSIFIED
    }

    /**
     * Units moved between buckets.
     *
     * @param channel the channel that sold or took back; null for other causes
     * @param protectionUsed per channel, how much a sale took of what is kept for it, or below zero what a return gave back; empty
     *     for other causes
     * @param fulfilled what the sale used of a hold; null for nothing
     * @param count the count whose difference this is, or a part of it that is explained now; null for none
     */
    record StockMoved(
            String sku,
            String location,
            Cause cause,
            @Nullable String channel,
            List<Posting> postings,
            Map<String, Quantity> protectionUsed,
            @Nullable Hold fulfilled,
            @Nullable String count)
            implements StockFact {

        public StockMoved {
            postings = List.copyOf(postings);
            protectionUsed = Map.copyOf(protectionUsed);
            if (postings.isEmpty()) {
                throw new IllegalArgumentException("postings: none (expected: at least one)");
            }
        }

        /** How much more there is in the bucket, signed. */
        public Quantity change(Bucket bucket) {
            Quantity change = Quantity.zero(postings.get(0).quantity().unit());
            for (Posting posting : postings) {
                change = posting.to() == bucket ? change.plus(posting.quantity()) : change;
                change = posting.from() == bucket ? change.minus(posting.quantity()) : change;
            }
            return change;
        }
    }

    /**
     * The units were counted. How many there were then is known whatever is told later of what took place before.
     *
     * @param count the document that says so
     */
    record CountTaken(String sku, String location, String count, Quantity counted) implements StockFact {}

    /** Units were promised. */
    record StockReserved(String sku, String location, Hold hold) implements StockFact {}

    /** What was held, or a part of it, is free again before its time. */
    record StockReleased(String sku, String location, Hold hold) implements StockFact {}

    /** Reservations had run out. They stopped counting at their end; this only says so for the record. */
    record ReservationsLapsed(String sku, String location, List<Hold> holds) implements StockFact {
        public ReservationsLapsed {
            holds = List.copyOf(holds);
        }
    }

    /** Units are kept back from every promise. */
    record SafetyStockSet(String sku, String location, Quantity quantity) implements StockFact {}

    /** Units are kept for one channel; what it sold or reserved before no longer counts against them. */
    record ChannelProtectionSet(String sku, String location, String channel, Quantity quantity) implements StockFact {}
}

package io.stockledger.projections.drift;

import io.stockledger.stock.StockFact.Cause;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One item at one location on which the ledger and an ERP's snapshot disagree, or that the ledger does not know.
 *
 * @param name null when the item is not registered
 * @param unit the unit's code; null when the item is not registered
 * @param erp what the snapshot says; null when it has no such line
 * @param ledger physically there as of the snapshot's instant; null when there has never been a movement
 * @param difference ledger minus ERP; what is null counts as 0
 * @param lastBefore the last movement up to the instant; null for none
 * @param recordedLate movements up to the instant that were recorded after it: the ERP may not have known of them
 * @param movedAfter movements after the instant
 */
public record DriftLine(
        String location,
        String sku,
        @Nullable String name,
        @Nullable String unit,
        Kind kind,
        @Nullable BigDecimal erp,
        @Nullable BigDecimal ledger,
        BigDecimal difference,
        @Nullable LastMovement lastBefore,
        Movements recordedLate,
        Movements movedAfter) {

    /** What sort of disagreement it is. */
    public enum Kind {
        /** Both have it, in different quantities. */
        DIFFERENT,
        /** The ledger has some at a location of the snapshot, the snapshot has no line. */
        NOT_IN_ERP,
        /** The snapshot has some, the ledger has never had any there. */
        NOT_IN_LEDGER,
        /** No item has this SKU. */
        UNKNOWN_ITEM,
        /** No location has this code. */
        UNKNOWN_LOCATION;

        /** As answers and files write it: {@code not-in-erp}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param change signed, of what is physically there */
    public record LastMovement(long position, Instant businessTime, Cause cause, String document, BigDecimal change) {}

    /**
     * @param change signed sum
     * @param documents the streams of the latest documents that told them, at most 5, latest first
     */
    public record Movements(long count, BigDecimal change, List<String> documents) {
        public Movements {
            documents = List.copyOf(documents);
        }
    }

    /** Whether what was recorded late explains all of the difference. */
    public boolean isExplainedByLateRecords() {
        return recordedLate.count() > 0 && recordedLate.change().compareTo(difference) == 0;
    }
}

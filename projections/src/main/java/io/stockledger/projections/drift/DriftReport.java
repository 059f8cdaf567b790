package io.stockledger.projections.drift;

import io.stockledger.projections.view.AsOf;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where ledger and ERP disagree as of a snapshot's instant.
 *
 * @param locations the only ones that it speaks of, totals included, in order; empty: all of the snapshot
 * @param notCompared the locations of which the snapshot has no line, though the ledger had something there, in order
 * @param lines the biggest differences first
 * @param next where the next page begins; null for none
 * @param asOf of the movements, for all pages of a report that of the first one; {@code at} is the snapshot's instant
 */
public record DriftReport(
        ErpSnapshot snapshot,
        SortedSet<String> locations,
        Totals totals,
        List<NotCompared> notCompared,
        List<DriftLine> lines,
        @Nullable DriftPlace next,
        AsOf asOf) {

    /**
     * Over all lines of the report, also those of other pages.
     *
     * @param compared items at locations that either side has
     * @param matching how many of them agree
     * @param differing how many do not
     * @param unknownItems lines of the snapshot whose SKU no item has
     * @param unknownLocations lines of the snapshot whose location is not open
     * @param absoluteDifference the sum of all differences without their signs, across units
     */
    public record Totals(
            long compared,
            long matching,
            long differing,
            long unknownItems,
            long unknownLocations,
            BigDecimal absoluteDifference) {}

    /** @param items how many the ledger had there at the instant */
    public record NotCompared(String location, long items) {}
}

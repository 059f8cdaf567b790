package io.stockledger.projections.drift;

import io.stockledger.projections.view.AsOf;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;

/**
 * Where ledger and ERP disagree as of a snapshot's instant.
 *
 * @param locations the only ones that it speaks of, totals included, in order; empty: all of the snapshot
 * @param lines the biggest differences first
 * @param asOf of the movements; {@code at} is the snapshot's instant
 */
public record DriftReport(
        ErpSnapshot snapshot, SortedSet<String> locations, Totals totals, List<DriftLine> lines, AsOf asOf) {

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
}

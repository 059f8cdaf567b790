package io.stockledger.api.rest;

import io.stockledger.api.wire.PageToken;
import io.stockledger.projections.drift.DriftLine;
import io.stockledger.projections.drift.DriftPlace;
import io.stockledger.projections.drift.DriftReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a drift report as JSON; quantities are text.
 *
 * @param locations the only ones that it speaks of, totals included, as the caller is tied to them; absent: all
 * @param locationsNotInErp those of which the snapshot has no line, though the ledger had something there
 */
record ShownDriftReport(
        String snapshot,
        Instant takenAt,
        @Nullable List<String> locations,
        Totals totals,
        List<NotCompared> locationsNotInErp,
        List<Line> lines,
        @Nullable String nextPageToken,
        AsOf asOf) {

    record Totals(
            long compared,
            long matching,
            long differing,
            long unknownItems,
            long unknownLocations,
            String absoluteDifference) {}

    /** @param items how many the ledger had there */
    record NotCompared(String location, long items) {}

    record Line(
            String location,
            String sku,
            @Nullable String name,
            @Nullable String unit,
            String kind,
            @Nullable String erp,
            @Nullable String ledger,
            String difference,
            boolean explainedByLateRecords,
            @Nullable LastMovement lastBefore,
            Movements recordedLate,
            Movements movedAfter) {}

    record LastMovement(long position, Instant businessTime, String cause, String document, String change) {}

    record Movements(long count, String change, List<String> documents) {}

    record AsOf(long position, long head, Duration behind, Instant at) {}

    static ShownDriftReport of(DriftReport report) {
        DriftPlace next = report.next();
        return new ShownDriftReport(
                report.snapshot().id(),
                report.snapshot().takenAt(),
                report.locations().isEmpty() ? null : List.copyOf(report.locations()),
                new Totals(
                        report.totals().compared(),
                        report.totals().matching(),
                        report.totals().differing(),
                        report.totals().unknownItems(),
                        report.totals().unknownLocations(),
                        report.totals().absoluteDifference().toPlainString()),
                report.notCompared().stream()
                        .map(place -> new NotCompared(place.location(), place.items()))
                        .toList(),
                report.lines().stream().map(ShownDriftReport::line).toList(),
                next == null ? null : PageToken.of(next.text()),
                new AsOf(
                        report.asOf().position(),
                        report.asOf().head(),
                        report.asOf().behind(),
                        report.asOf().at()));
    }

    private static Line line(DriftLine line) {
        DriftLine.LastMovement last = line.lastBefore();
        return new Line(
                line.location(),
                line.sku(),
                line.name(),
                line.unit(),
                line.kind().code(),
                text(line.erp()),
                text(line.ledger()),
                line.difference().toPlainString(),
                line.isExplainedByLateRecords(),
                last == null
                        ? null
                        : new LastMovement(
                                last.position(),
                                last.businessTime(),
                                last.cause().code(),
                                last.document(),
                                last.change().toPlainString()),
                movements(line.recordedLate()),
                movements(line.movedAfter()));
    }

    private static Movements movements(DriftLine.Movements movements) {
        return new Movements(movements.count(), movements.change().toPlainString(), movements.documents());
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}

package io.stockledger.projections.drift;

import io.stockledger.projections.csv.SpreadsheetCsv;
import io.stockledger.projections.drift.DriftLine.LastMovement;
import io.stockledger.projections.drift.DriftReport.NotCompared;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A drift report as CSV: its lines, and after them one for each location that was not compared. */
final class DriftCsv {

    private static final String LOCATION_NOT_IN_ERP = "location-not-in-erp";

    private static final String[] HEADER = {
        "location",
        "sku",
        "name",
        "unit",
        "kind",
        "erp",
        "ledger",
        "difference",
        "last_movement_at",
        "last_movement_cause",
        "last_movement_document",
        "recorded_late",
        "recorded_late_change",
        "moved_after",
        "moved_after_change"
    };

    private DriftCsv() {}

    static void write(DriftReport report, Writer out) throws IOException {
        SpreadsheetCsv csv = new SpreadsheetCsv(out);
        csv.writeRecord(HEADER);
        report.lines().forEach(line -> csv.writeRecord(fields(line)));
        report.notCompared().forEach(place -> csv.writeRecord(fields(place)));
        csv.flush();
    }

    private static String[] fields(DriftLine line) {
        LastMovement last = line.lastBefore();
        return new String[] {
            line.location(),
            line.sku(),
            text(line.name()),
            text(line.unit()),
            line.kind().code(),
            text(line.erp()),
            text(line.ledger()),
            text(line.difference()),
            last == null ? "" : last.businessTime().toString(),
            last == null ? "" : last.cause().code(),
            last == null ? "" : last.document(),
            Long.toString(line.recordedLate().count()),
            text(line.recordedLate().change()),
            Long.toString(line.movedAfter().count()),
            text(line.movedAfter().change())
        };
    }

    private static String[] fields(NotCompared place) {
        String[] fields = new String[HEADER.length];
        Arrays.fill(fields, "");
        fields[Arrays.asList(HEADER).indexOf("location")] = place.location();
        fields[Arrays.asList(HEADER).indexOf("kind")] = LOCATION_NOT_IN_ERP;
        return fields;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}

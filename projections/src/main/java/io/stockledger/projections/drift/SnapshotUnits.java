package io.stockledger.projections.drift;

import io.stockledger.quantity.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses decimals that items counted in pieces cannot have, or that may be meant to part thousands. */
final class SnapshotUnits {

    private final SnapshotCsv csv;
    private final Optional<SnapshotLine> withoutDecimals;

    SnapshotUnits(SnapshotCsv csv) {
        this.csv = csv;
        this.withoutDecimals = csv.lines().stream()
                .filter(line -> line.quantity().scale() == 0 && line.quantity().signum() != 0)
                .findFirst();
    }

    /** The items of whose units something depends. */
    Set<String> skus() {
        return csv.lines().stream()
                .filter(line -> line.quantity().scale() > 0)
                .map(SnapshotLine::sku)
                .collect(Collectors.toSet());
    }

    /** @param units by SKU; of an item that is left out, anything may be */
    List<LineError> wrong(Map<String, Unit> units) {
        List<LineError> wrong = new ArrayList<>();
        for (SnapshotLine line : csv.lines()) {
            Unit unit = units.get(line.sku());
            String expected = unit == null ? "" : expected(line, unit);
            if (!expected.isEmpty() && wrong.size() < SnapshotCsv.MOST_ERRORS) {
                String quantity = line.quantity().toPlainString();
                wrong.add(new LineError(
                        csv.numberOf(line), "quantity", "'" + quantity + "' (expected: " + expected + ")"));
            }
        }
        return wrong;
    }

    /** Empty when it is right. */
    private String expected(SnapshotLine line, Unit unit) {
        BigDecimal quantity = line.quantity();
        if (quantity.stripTrailingZeros().scale() > unit.decimals()) {
            return "a whole number, as item '" + line.sku() + "' is counted in pieces; a thousand is written 1000";
        }
        boolean maybeThousands = unit.decimals() == 0 && quantity.scale() == 3 && quantity.signum() != 0;
        return maybeThousands && withoutDecimals.isPresent()
                ? "without decimals, as line " + csv.numberOf(withoutDecimals.get())
                        + " has it: one could not tell one from a thousand"
                : "";
    }
}

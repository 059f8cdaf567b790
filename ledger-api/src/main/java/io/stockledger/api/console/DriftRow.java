package io.stockledger.api.console;

import io.stockledger.projections.drift.DriftLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One disagreement with the ERP.
 *
 * @param known whether the ledger has an item of this SKU, whose story can be shown
 * @param why what the ledger can say about it
 */
record DriftRow(
        String location,
        String sku,
        String name,
        boolean known,
        String erp,
        String ledger,
        Figure difference,
        String why) {

    static DriftRow of(DriftLine line) {
        return new DriftRow(
                line.location(),
                line.sku(),
                line.name() == null ? "not registered" : line.name(),
                line.name() != null,
                text(line.erp()),
                text(line.ledger()),
                new Figure(Figure.signed(line.difference()), line.difference().signum() < 0 ? "below" : "low"),
                why(line));
    }

    private static String why(DriftLine line) {
        List<String> reasons = new ArrayList<>();
        switch (line.kind()) {
            case NOT_IN_ERP -> reasons.add("The snapshot has no line for it.");
            case NOT_IN_LEDGER -> reasons.add("The ledger has never had any there.");
            case UNKNOWN_ITEM -> reasons.add("No item of this SKU is registered.");
            case UNKNOWN_LOCATION -> reasons.add("No location of this code is open.");
            case DIFFERENT -> {
                // The figures beside it say so already.
            }
        }
        DriftLine.Movements late = line.recordedLate();
        if (line.isExplainedByLateRecords()) {
            reasons.add("Explained: " + facts(late) + " told before the snapshot, recorded after it.");
        } else if (late.count() > 0) {
            reasons.add(facts(late) + " recorded only after the snapshot.");
        }
        DriftLine.LastMovement last = line.lastBefore();
        if (last != null) {
            reasons.add("Last moved " + Times.text(last.businessTime()) + " by " + Figure.signed(last.change()) + " ("
                    + last.document() + ").");
        }
        return String.join(" ", reasons);
    }

    private static String facts(DriftLine.Movements movements) {
        String count = movements.count() == 1 ? "1 movement" : movements.count() + " movements";
        return count + " (" + Figure.signed(movements.change()) + ")";
    }

    private static String text(@Nullable BigDecimal quantity) {
        return quantity == null ? "–" : quantity.stripTrailingZeros().toPlainString();
    }
}

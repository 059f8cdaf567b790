package io.stockledger.adjustment;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.stock.Disposition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds or removes units for a stated reason. */
public record AdjustStock(
        DocumentRef document,
        String location,
        AdjustmentReason reason,
        @Nullable String note,
        List<Line> lines) implements Command {

    /**
     * @param goods the quantity is signed: above zero adds, below zero removes
     * @param disposition where the units are; disposed units are nowhere
     */
    public record Line(Asked goods, Disposition disposition) {
        public Line {
            Check.notZero("lines.quantity", goods.quantity());
            Check.present("lines.disposition", disposition);
            if (!disposition.bucket().isOnHand()) {
                throw new InvalidCommand("lines.disposition", disposition + " (expected: one that is on hand)");
            }
        }
    }

    public AdjustStock {
        document.mustBe(DocumentRef.Kind.ADJUSTMENT);
        Check.code("location", location);
        Check.present("reason", reason);
        note = Check.text("note", note, 500);
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> checkSign(reason, line.goods().quantity()));
    }

    private static void checkSign(AdjustmentReason reason, BigDecimal quantity) {
        if (!reason.allows(quantity.signum())) {
            throw new InvalidCommand(
                    "lines.quantity",
                    quantity.toPlainString() + " for reason " + reason + " (expected: " + reason.expected() + ")");
        }
    }

    List<Asked> goods() {
        return lines.stream().map(Line::goods).toList();
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "adjust-stock";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("adjust-stock/1")
                .field("location", location)
                .field("reason", reason.name())
                .field("note", note)
                .field("lines");
        for (Line line : lines) {
            line.goods().item().addTo(fingerprint);
            fingerprint.with(line.goods().quantity()).with(line.disposition().name());
        }
        return fingerprint;
    }
}

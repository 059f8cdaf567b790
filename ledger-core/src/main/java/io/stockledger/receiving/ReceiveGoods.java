package io.stockledger.receiving;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.money.Amounts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/** Records that goods came in. At least one of supplier and purchase order says from where. */
public record ReceiveGoods(
        DocumentRef document,
        String location,
        @Nullable String supplier,
        @Nullable String purchaseOrder,
        List<Line> lines)
        implements Command {

    /** @param serials none, or one for each piece */
    public record Line(
            Asked goods,
            @Nullable String lot,
            @Nullable LocalDate expiry,
            List<String> serials,
            @Nullable BigMoney unitCost) {

        public Line {
            Check.positive("lines.quantity", goods.quantity());
            lot = Check.optionalIdentifier("lines.lot", lot, 64);
            serials = Check.atMost("lines.serials", serials);
            serials.forEach(serial -> Check.identifier("lines.serials", serial, 64));
            if (new HashSet<>(serials).size() < serials.size()) {
                throw new InvalidCommand("lines.serials", "one of them twice (expected: each once)");
            }
            boolean onePerPiece = BigDecimal.valueOf(serials.size()).compareTo(goods.quantity()) == 0;
            if (!serials.isEmpty() && goods.item().sku() != null && !onePerPiece) {
                throw new InvalidCommand(
                        "lines.serials",
                        serials.size() + " (expected: one for each of "
                                + goods.quantity().toPlainString() + ")");
            }
        }
    }

    public ReceiveGoods {
        document.mustBe(DocumentRef.Kind.RECEIPT);
        Check.code("location", location);
        supplier = Check.optionalIdentifier("supplier", supplier, 128);
        purchaseOrder = Check.optionalIdentifier("purchaseOrder", purchaseOrder, 128);
        if (supplier == null && purchaseOrder == null) {
            throw new InvalidCommand("supplier", "missing, and no purchaseOrder (expected: at least one of them)");
        }
        lines = Check.lines("lines", lines);
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
        return "receive-goods";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("receive-goods/1")
                .field("location", location)
                .field("supplier", supplier)
                .field("purchaseOrder", purchaseOrder)
                .field("lines");
        for (Line line : lines) {
            line.goods().item().addTo(fingerprint);
            fingerprint
                    .with(line.goods().quantity())
                    .with(line.lot())
                    .with(line.expiry() == null ? null : line.expiry().toString())
                    .with(line.serials().size());
            line.serials().forEach(fingerprint::with);
            fingerprint.with(Amounts.byValue(line.unitCost()));
        }
        return fingerprint;
    }
}

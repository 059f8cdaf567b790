package io.stockledger.returns;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.order.Charge;
import io.stockledger.order.Tender;
import io.stockledger.stock.Disposition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes goods back, at any location and through any channel. A return may hold charges alone.
 *
 * @param order the order that they came from; null for a blind return, which the edges allow to few
 */
public record ProcessReturn(
        DocumentRef document,
        String channel,
        String location,
        @Nullable String order,
        List<Line> lines,
        List<Charge> charges,
        List<Tender> refunds)
        implements Command {

    public record Line(Asked goods, @Nullable String reason, Disposition disposition) {
        public Line {
            Check.positive("lines.quantity", goods.quantity());
            reason = Check.text("lines.reason", reason, 200);
            Check.present("lines.disposition", disposition);
        }
    }

    public ProcessReturn {
        document.mustBe(DocumentRef.Kind.RETURN);
        Check.code("channel", channel);
        Check.code("location", location);
        order = Check.optionalIdentifier("orderId", order, 128);
        lines = Check.atMost("lines", lines);
        charges = Check.atMost("charges", charges);
        refunds = Check.atMost("refunds", refunds);
        if (lines.isEmpty() && charges.isEmpty()) {
            throw new InvalidCommand("lines", "none, and no charges (expected: at least one of either)");
        }
    }

    public boolean isBlind() {
        return order == null;
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
        return "process-return";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("process-return/1")
                .field("channel", channel)
                .field("location", location)
                .field("orderId", order)
                .field("lines")
                .with(lines.size());
        for (Line line : lines) {
            line.goods().item().addTo(fingerprint);
            fingerprint
                    .with(line.goods().quantity())
                    .with(line.reason())
                    .with(line.disposition().name());
        }
        fingerprint.field("charges").with(charges.size());
        charges.forEach(charge -> charge.addTo(fingerprint));
        fingerprint.field("refunds");
        refunds.forEach(refund -> refund.addTo(fingerprint));
        return fingerprint;
    }
}

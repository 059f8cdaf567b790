package io.stockledger.order;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records that goods were sold. A sale may hold charges alone.
 *
 * @param reservation the reservation that the sale fulfils: what it sells is taken of it, and the rest stays held; null
 *     for none
 * @param handedOver the goods have left in the customer's hands: the sale is a fact and never refused for stock
 */
public record RecordSale(
        DocumentRef document,
        String channel,
        String location,
        @Nullable String register,
        List<Line> lines,
        List<Charge> charges,
        List<Tender> tenders,
        @Nullable String customer,
        @Nullable String reservation,
        boolean handedOver)
        implements Command {

    /** One line as it was rung up. */
    public record Line(Asked goods, Price price) {
        public Line {
            Check.positive("lines.quantity", goods.quantity());
        }
    }

    public RecordSale {
        document.mustBe(DocumentRef.Kind.ORDER);
        Check.code("channel", channel);
        Check.code("location", location);
        register = Check.optionalIdentifier("register", register, 64);
        lines = Check.atMost("lines", lines);
        charges = Check.atMost("charges", charges);
        tenders = Check.atMost("tenders", tenders);
        customer = Check.optionalIdentifier("customerReference", customer, 128);
        reservation = Check.optionalIdentifier("reservationId", reservation, 128);
        if (lines.isEmpty() && charges.isEmpty()) {
            throw new InvalidCommand("lines", "none, and no charges (expected: at least one of either)");
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
        return "record-sale";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("record-sale/1")
                .field("channel", channel)
                .field("location", location)
                .field("register", register)
                .field("customerReference", customer)
                .field("reservationId", reservation)
                .field("goodsHandedOver")
                .with(handedOver)
                .field("lines")
                .with(lines.size());
        for (Line line : lines) {
            line.goods().item().addTo(fingerprint);
            fingerprint.with(line.goods().quantity());
            line.price().addTo(fingerprint);
        }
        fingerprint.field("charges").with(charges.size());
        charges.forEach(charge -> charge.addTo(fingerprint));
        fingerprint.field("tenders");
        tenders.forEach(tender -> tender.addTo(fingerprint));
        return fingerprint;
    }
}

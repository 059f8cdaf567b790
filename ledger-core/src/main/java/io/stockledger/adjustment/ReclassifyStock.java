package io.stockledger.adjustment;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.stock.Disposition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves units between dispositions of one location, for example from quarantine to sellable after a check. */
public record ReclassifyStock(
        DocumentRef document,
        String location,
        Disposition from,
        Disposition to,
        @Nullable String note,
        List<Asked> lines)
        implements Command {

    public ReclassifyStock {
        document.mustBe(DocumentRef.Kind.RECLASSIFICATION);
        Check.code("location", location);
        Check.present("from", from);
        Check.present("to", to);
        if (from == to) {
            throw new InvalidCommand("to", to + " (expected: another disposition than from)");
        }
        if (!from.bucket().isOnHand()) {
            throw new InvalidCommand("from", from + " (expected: one that is on hand)");
        }
        note = Check.text("note", note, 500);
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> Check.positive("lines.quantity", line.quantity()));
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "reclassify-stock";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("reclassify-stock/1")
                .field("location", location)
                .field("from", from.name())
                .field("to", to.name())
                .field("note", note)
                .field("lines");
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint;
    }
}

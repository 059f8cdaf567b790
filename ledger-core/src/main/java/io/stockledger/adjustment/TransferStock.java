package io.stockledger.adjustment;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import java.util.List;
import java.util.Set;

/** Moves sellable units from one location to another, at once. */
public record TransferStock(DocumentRef document, String from, String to, List<Asked> lines) implements Command {

    public TransferStock {
        document.mustBe(DocumentRef.Kind.TRANSFER);
        Check.code("fromLocation", from);
        Check.code("toLocation", to);
        if (from.equals(to)) {
            throw new InvalidCommand("toLocation", "'" + to + "' (expected: another location than fromLocation)");
        }
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> Check.positive("lines.quantity", line.quantity()));
    }

    @Override
    public Set<String> locations() {
        return Set.of(from, to);
    }

    @Override
    public String name() {
        return "transfer-stock";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("transfer-stock/1")
                .field("fromLocation", from)
                .field("toLocation", to)
                .field("lines");
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint;
    }
}

package io.stockledger.adjustment;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.item.ItemLines.Asked;
import java.util.List;
import java.util.Set;

/**
 * Records how many sellable units were counted, at the business time; the difference to what the ledger knew to be there then is
 * found or lost.
 */
public record RecordCount(DocumentRef document, String location, List<Asked> lines) implements Command {

    public RecordCount {
        document.mustBe(DocumentRef.Kind.COUNT);
        Check.code("location", location);
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> Check.notNegative("lines.quantity", line.quantity()));
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "record-count";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint =
                Fingerprint.of("record-count/1").field("location", location).field("lines");
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint;
    }
}

package io.stockledger.adjustment;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.item.ItemLines.Asked;
import java.util.List;

/** Records how many sellable units were counted; the difference to the ledger is found or lost. */
public record RecordCount(DocumentRef document, String location, List<Asked> lines) implements Command {

    public RecordCount {
        Check.code("location", location);
        lines = Check.lines("lines", lines);
        lines.forEach(line -> Check.notNegative("lines.quantity", line.quantity()));
    }

    @Override
    public String name() {
        return "record-count";
    }

    @Override
    public String fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("record-count/1").with(location);
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint.text();
    }
}

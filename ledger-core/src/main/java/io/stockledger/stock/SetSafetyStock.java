package io.stockledger.stock;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import java.math.BigDecimal;
import java.util.Set;

/** Keeps units of an item at a location back from every promise. */
public record SetSafetyStock(DocumentRef document, String sku, String location, BigDecimal quantity)
        implements Command {

    public SetSafetyStock {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.sku("sku", sku);
        Check.code("location", location);
        quantity = Check.notNegative("quantity", quantity);
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "set-safety-stock";
    }

    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.of("set-safety-stock/1")
                .field("sku", sku)
                .field("location", location)
                .field("quantity", quantity);
    }
}

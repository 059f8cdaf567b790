package io.stockledger.stock;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import java.math.BigDecimal;
import java.util.Set;

/** Keeps units of an item at a location for one channel alone. */
public record SetChannelProtection(
        DocumentRef document, String sku, String location, String channel, BigDecimal quantity) implements Command {

    public SetChannelProtection {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.sku("sku", sku);
        Check.code("location", location);
        Check.code("channel", channel);
        quantity = Check.notNegative("quantity", quantity);
    }

    @Override
    public Set<String> locations() {
        return Set.of(location);
    }

    @Override
    public String name() {
        return "set-channel-protection";
    }

    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.of("set-channel-protection/1")
                .field("sku", sku)
                .field("location", location)
                .field("channel", channel)
                .field("quantity", quantity);
    }
}

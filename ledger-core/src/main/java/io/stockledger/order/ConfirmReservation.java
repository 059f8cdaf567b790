package io.stockledger.order;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a living reservation into a sale of what it holds, where it holds it.
 *
 * @param prices per SKU; items without one are sold without a recorded price
 * @param expectedVersion the reservation's version that the caller saw; null: any
 */
public record ConfirmReservation(
        DocumentRef document,
        String reservation,
        @Nullable String register,
        Map<String, Price> prices,
        List<Charge> charges,
        List<Tender> tenders,
        @Nullable String customer,
        @Nullable Long expectedVersion)
        implements Command {

    public ConfirmReservation {
        document.mustBe(DocumentRef.Kind.ORDER);
        Check.identifier("reservationId", reservation, 128);
        register = Check.optionalIdentifier("register", register, 64);
        prices = Map.copyOf(prices);
        prices.keySet().forEach(sku -> Check.sku("prices.sku", sku));
        Check.atMost("prices", List.copyOf(prices.keySet()));
        charges = Check.atMost("charges", charges);
        tenders = Check.atMost("tenders", tenders);
        customer = Check.optionalIdentifier("customerReference", customer, 128);
    }

    @Override
    public String name() {
        return "confirm-reservation";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("confirm-reservation/1")
                .field("reservationId", reservation)
                .field("register", register)
                .field("customerReference", customer)
                .field("prices")
                .with(prices.size());
        new TreeMap<>(prices).forEach((sku, price) -> price.addTo(fingerprint.with(sku)));
        fingerprint.field("charges").with(charges.size());
        charges.forEach(charge -> charge.addTo(fingerprint));
        fingerprint.field("tenders");
        tenders.forEach(tender -> tender.addTo(fingerprint));
        return fingerprint;
    }
}
